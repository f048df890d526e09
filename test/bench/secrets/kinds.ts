/** A generator of pseudo-random numbers from 0 to 1 that gives the same in every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const random = randomFrom(20261128);
export const pick = <T>(list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
const signs = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? "").join("");
const digits = (length: number) => signs("0123456789", length);
const small = "abcdefghijklmnopqrstuvwxyz";
const base64 = `${small}ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/`;
const mixed = `${small}ABCDEFGHJKLMNPQRSTUVWXYZ23456789`;

function card(): string {
  const start = `4${digits(14)}`;
  const sum = [...start].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${start}${(10 - (sum % 10)) % 10}`.replace(/(\d{4})(?=\d)/g, "$1 ");
}

function iban(): string {
  const body = digits(18);
  const check = 98n - (BigInt(`${body}131400`) % 97n);
  return `DE${String(check).padStart(2, "0")}${body}`.replace(/(.{4})(?=.)/g, "$1 ");
}

/** A secret of each kind: what stands before it, and what is to be covered. */
export const kinds: Record<string, () => { before: string; secret: string }> = {
  "e-mail address": () => ({
    before: "Contact ",
    secret: `${signs(small, 6)}.${signs(small, 5)}@${signs(small, 7)}.org`,
  }),
  "phone number": () => ({ before: "Call ", secret: `+49 ${digits(3)} ${digits(7)}` }),
  "card number": () => ({ before: "Paid with ", secret: card() }),
  "bank account": () => ({ before: "Account ", secret: iban() }),
  "social security": () => ({ before: "SSN ", secret: `219-${digits(2)}-${digits(4)}` }),
  "key with a prefix": () => ({ before: "Key ", secret: `sk-ant-api03-${signs(mixed, 24)}` }),
  "AWS secret key": () => ({ before: "Saved value ", secret: signs(base64, 40) }),
  "body of a PEM": () => ({ before: "", secret: signs(base64, 64) }),
  "password: …": () => ({ before: "password: ", secret: signs(mixed, 12) }),
  "DB_PASSWORD=…": () => ({ before: "DB_PASSWORD=", secret: signs(mixed, 14) }),
  "Passwort …": () => ({ before: "Passwort: ", secret: `${signs(small, 7)}${digits(2)}!` }),
  "Arabic-Indic digits": () => ({
    before: "",
    secret: card().replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  }),
};

/** Lines of screens that hold no secret. */
export const harmless: ReadonlyArray<() => string> = [
  () => `Invoice ${digits(4)} of 12 November 2026`,
  () => `Total ${digits(1)}.${digits(3)},00 EUR, due in 30 days`,
  () => `at recordPayment (invoice.ts:${digits(3)}:${digits(2)})`,
  () => `https://app.ledgerly.example/invoices/${digits(4)}`,
  () => `Version 4.${digits(2)}.${digits(1)} build 2026${digits(4)}.1`,
  () => `2026-11-${digits(1)}8 10:4${digits(1)}:30 INFO request took ${digits(3)} ms`,
  () => "Password: ••••••••",
  () => "Forgot password? Reset it here",
  () => "Your token has expired. Sign in again.",
  () => `Rooms 1${digits(2)} 2${digits(2)} 3${digits(2)} on floor 1`,
  () => `192.168.10.${digits(2)} port 8080`,
  () => `commit ${signs("0123456789abcdef", 7)} merged by the release team`,
  () => "import { readFile } from 'node:fs/promises';",
  () => `const total = items.reduce((sum, item) => sum + item.price, 0);`,
  () => `Width 1920 × 1080, ${digits(2)} %, ${digits(1)},5 kg`,
  () => "The secret of good code is that there is little of it",
];
