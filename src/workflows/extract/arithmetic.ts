import type { GridCheck } from "../../report.js";

/** The values of a document that are numbers, by their pointers, and the columns of its tables. */
export interface Numbers {
  at(path: string): number | undefined;
  /** The numbers of a column; undefined where one of its cells is none. */
  column(table: string, name: string): number[] | undefined;
  tables: readonly string[];
}

/** Sums are rounded to a hundredth, each of their parts too. */
const cents = (count: number): number => 0.005 * (count + 1) + 1e-9;

const shown = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 4 });

/** What receipts and invoices add up to, as far as they print it. */
export function sumsOf(numbers: Numbers): GridCheck[] {
  const { at, column, tables } = numbers;
  const checks: GridCheck[] = [];
  const check = (words: string, is: number, expected: number, parts: number, paths: string[]) => {
    const holds = Math.abs(is - expected) <= cents(parts);
    checks.push({
      words: holds ? words : `${words}: it is ${shown(expected)}, not ${shown(is)}`,
      holds,
      paths,
    });
  };
  const [total, subtotal, tax] = [at("/total"), at("/subtotal"), at("/tax")];
  const [shipping, discount, tip] = [at("/shipping") ?? 0, Math.abs(at("/discount") ?? 0), at("/tip") ?? 0];
  for (const table of tables) {
    const amounts = column(table, "amount") ?? [];
    const sum = amounts.reduce((whole, amount) => whole + amount, 0);
    const parts = amounts.length + 2;
    // Prices with their tax in them add up to the total, beside which the net sum is printed too.
    const gross = sum + shipping + tip - discount;
    const isGross = total !== undefined && Math.abs(total - gross) <= cents(parts);
    if (amounts.length > 0 && (isGross || (subtotal === undefined && total !== undefined)))
      check("The items add up to the total", total, gross, parts, ["/total"]);
    else if (amounts.length > 0 && subtotal !== undefined)
      check("The items add up to the subtotal", subtotal, sum, parts, ["/subtotal"]);
    const [quantities, prices] = [column(table, "quantity"), column(table, "unitPrice")];
    for (const [row, amount] of amounts.entries()) {
      const [quantity, price] = [quantities?.[row], prices?.[row]];
      if (quantity === undefined || price === undefined) continue;
      check(`Row ${row + 1}: quantity × price is the amount`, amount, quantity * price, 1, [
        `${table}/${row}/amount`,
      ]);
    }
  }
  if (total !== undefined && subtotal !== undefined && tax !== undefined) {
    const expected = subtotal + tax + shipping + tip - discount;
    // Where prices have their tax in them, the subtotal has it too.
    const isGross = Math.abs(total - (expected - tax)) <= cents(3);
    check("Subtotal and tax add up to the total", total, isGross ? total : expected, 3, ["/total"]);
  }
  const rate = at("/taxRate");
  if (rate !== undefined && tax !== undefined && subtotal !== undefined) {
    const [net, gross] = [(subtotal * rate) / 100, subtotal - subtotal / (1 + rate / 100)];
    const expected = Math.abs(gross - tax) < Math.abs(net - tax) ? gross : net;
    check(`The tax is ${shown(rate)} % of the subtotal`, tax, expected, 2, ["/tax"]);
  }
  return checks;
}

/** What a number with check digits is called, and whether they are right. */
const checked: ReadonlyArray<{ name: string; key: RegExp; form: RegExp; holds(text: string): boolean }> = [
  { name: "IBAN", key: /iban/i, form: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/, holds: isIban },
  { name: "card number", key: /card/i, form: /^\d{13,19}$/, holds: isLuhn },
  { name: "German VAT number", key: /vat|ust|tax/i, form: /^DE\d{9}$/, holds: isGermanVat },
  { name: "EAN", key: /ean|gtin|barcode|upc/i, form: /^(\d{8}|\d{12,14})$/, holds: isEan },
];

/**
 * Whether the check digits of a value are right.
 *
 * @param key the value's own key, which says what it is
 */
export function checkDigitsOf(path: string, key: string, text: string): GridCheck | undefined {
  const plain = text.replace(/[\s.-]/g, "").toUpperCase();
  const kind = checked.find((one) => one.key.test(key) && one.form.test(plain));
  if (!kind) return undefined;
  const holds = kind.holds(plain);
  const words = holds
    ? `The check digits of the ${kind.name} are right`
    : `The check digits of the ${kind.name} are wrong`;
  return { words, holds, paths: [path] };
}

/** ISO 13616: the number, with its first four signs at its end and letters as two digits, leaves 1 of 97. */
function isIban(text: string): boolean {
  const digits = [...text.slice(4), ...text.slice(0, 4)].map((sign) => Number.parseInt(sign, 36)).join("");
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** ISO/IEC 7812: every second digit from the right is doubled. */
function isLuhn(text: string): boolean {
  const sum = [...text].reverse().reduce((whole, sign, index) => {
    const value = Number(sign) * (index % 2 === 1 ? 2 : 1);
    return whole + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** GS1: every second digit from the right, the check digit aside, counts three times. */
function isEan(text: string): boolean {
  const sum = [...text]
    .reverse()
    .reduce((whole, sign, index) => whole + Number(sign) * (index % 2 === 1 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** ISO 7064, MOD 11,10. */
function isGermanVat(text: string): boolean {
  const digits = [...text.slice(2)].map(Number);
  const product = digits.slice(0, 8).reduce((last, digit) => {
    const sum = (digit + last) % 10 || 10;
    return (2 * sum) % 11;
  }, 10);
  return (11 - product) % 10 === digits[8];
}
