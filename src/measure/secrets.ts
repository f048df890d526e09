import { keys } from "./secretsKeys.js";
import { labelledSecrets } from "./secretsLabelled.js";

/** What is found in what was read. */
const writtenKinds = {
  email: "e-mail address",
  phone: "phone number",
  card: "payment card number",
  iban: "bank account number",
  ssn: "social security number",
  key: "key or token",
  password: "password",
} as const;
export type WrittenKind = keyof typeof writtenKinds;

/** What should not leave the machine without its owner's word. */
export const secretKinds = { ...writtenKinds, qr: "QR code", bar: "bar code" } as const;

/** What no one should take for covered. */
export const notLookedFor = "Names, addresses, faces and signatures are not looked for.";

/** Where a secret stands in a text. */
export interface SecretRange {
  kind: WrittenKind;
  start: number;
  end: number;
}

/**
 * Finds secrets in a text as OCR reads it: 0 for O, 1 for l, © for @ and a space within a number are forgiven.
 *
 * @returns in the order of their places, without overlaps
 */
export function findSecrets(written: string): SecretRange[] {
  const text = inAscii(written);
  const found = [
    ...emails(text),
    ...keys(text),
    ...ibans(text),
    ...cards(text),
    ...socials(text),
    ...phones(text),
    ...labelledSecrets(text),
  ];
  const isTaken = new Uint8Array(text.length);
  const kept = found.filter(({ start, end }) => {
    if (isTaken.subarray(start, end).includes(1)) return false;
    isTaken.fill(1, start, end);
    return true;
  });
  return kept.sort((a, b) => a.start - b.start);
}

/** The text with every secret replaced by its kind in brackets. */
export function coverSecrets(text: string): string {
  let covered = "";
  let from = 0;
  for (const { kind, start, end } of findSecrets(text)) {
    covered += `${text.slice(from, start)}[${secretKinds[kind]}]`;
    from = end;
  }
  return covered + text.slice(from);
}

/** Digits of Arabic and Persian, and what East Asian keyboards write in full width, as ASCII; places stay as they are. */
const inAscii = (text: string): string =>
  text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("\u3000", " ");

function* matches(
  kind: WrittenKind,
  text: string,
  pattern: RegExp,
  holds: (found: string) => boolean = () => true,
) {
  for (const match of text.matchAll(pattern)) {
    if (holds(match[0])) yield { kind, start: match.index, end: match.index + match[0].length };
  }
}

const emails = (text: string) => [
  ...matches(
    "email",
    text,
    /[\w.+%-]{1,64} ?(?:@|©|®|\(@|@\)) ?[\w-]{1,63}(?:(?: ?\. ?|,)[\w-]{1,63}){0,8}(?: ?\. ?|,)\p{L}{2,63}/gu,
  ),
  // The sign itself misread.
  ...matches(
    "email",
    text,
    /\b[\w.+-]{2,64}[Q€&][\w-]{2,63}\.(?:com|org|net|edu|gov|io|dev|app|info|example|de|fr|uk)\b/gu,
  ),
];

/** As digits, one for each character: what OCR confuses with a digit counts as it. */
const digitOf: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  Q: "0",
  D: "0",
  I: "1",
  l: "1",
  i: "1",
  "|": "1",
  "!": "1",
  "]": "1",
  "[": "1",
  Z: "2",
  z: "2",
  S: "5",
  s: "5",
  G: "6",
  b: "6",
  B: "8",
  g: "9",
  q: "9",
};
const asDigits = (text: string) => text.replace(/[^\d]/g, (sign) => digitOf[sign] ?? sign);
const digitsIn = (text: string) => asDigits(text).replace(/\D/g, "");
const trulyDigits = (text: string) => (text.match(/\d/g) ?? []).length >= digitsIn(text).length * 0.7;

const digit = "[\\dOoQDIli|!\\]\\[ZzSsGbBgq]";

function* cards(text: string) {
  const run = new RegExp(`(?<![\\w-])${digit}(?:[ .-]{0,2}${digit}){12,18}(?![\\w-])`, "g");
  yield* matches("card", text, run, (found) => {
    const digits = digitsIn(found);
    if (!trulyDigits(found) || !/^[2-6]/.test(digits)) return false;
    const groups = found
      .trim()
      .split(/[ .-]+/)
      .map(({ length }) => length)
      .join("-");
    // One digit misread breaks the check digit, not the way in which cards are written.
    return passesLuhn(digits) || groups === "4-4-4-4" || groups === "4-6-5";
  });
}

/** The check digit of payment cards (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const value = Number(digits[digits.length - 1 - index]) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Lengths of account numbers by country, of the countries whose numbers are met most (ISO 13616 registry). */
const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AT: 20,
  BE: 16,
  BG: 22,
  BR: 29,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  RS: 22,
  SA: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  TR: 26,
  UA: 29,
};

function* ibans(text: string): Generator<SecretRange> {
  for (const match of text.matchAll(/\b([A-Z]{2}) ?([\dOIlSBZ]{2})(?: ?[A-Z\dlo|]){11,30}/g)) {
    const [whole, country = ""] = match;
    const length = ibanLengths[country];
    if (!length) continue;
    // No further than the country's length: what follows is another word.
    let end = 0;
    for (let seen = 0; end < whole.length && seen < length; end++) if (whole[end] !== " ") seen++;
    const written = whole.slice(0, end);
    const compact = written.replaceAll(" ", "");
    if (compact.length < length) continue;
    const digits = (compact.slice(2).match(/\d/g) ?? []).length;
    if (passesMod97(compact) || digits >= (length - 2) * 0.6) {
      yield { kind: "iban", start: match.index, end: match.index + end };
    }
  }
}

/** The check digits of account numbers (ISO 13616-1). */
function passesMod97(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (const sign of moved) {
    const value = Number.parseInt(sign, 36);
    if (Number.isNaN(value)) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const socials = (text: string) =>
  matches(
    "ssn",
    text,
    new RegExp(`(?<![\\w-])${digit}{3} ?[-–—] ?${digit}{2} ?[-–—] ?${digit}{4}(?![\\w-])`, "g"),
    trulyDigits,
  );

/** Day and month, in whichever order, and a year of this century or the last. */
const isDate = (text: string): boolean =>
  /^\D?\d{1,2}[ /.–—-]\d{1,2}[ /.–—-](?:19|20)\d{2}$/.test(text.trim());

function* phones(text: string) {
  // With a country: +49 30 1234567. With an area in brackets, in American groups, or with a leading 0.
  const groups = `(?:[ ./–—-]{0,2}\\(?${digit}{1,5}\\)?){2,7}`;
  const patterns = [
    new RegExp(`\\+ ?${digit}{1,3}${groups}(?![\\w-])`, "g"),
    new RegExp(`\\(${digit}{2,5}\\)[ ./-]?${digit}{3,4}(?:[ ./-]?${digit}{3,5})?(?![\\w-])`, "g"),
    new RegExp(`(?<![\\w.-])${digit}{3}([ .–—-])${digit}{3}[ .–—-]${digit}{4}(?![\\w-])`, "g"),
    new RegExp(
      `(?<![\\w.,:-])[0Oo]${digit}{1,4}[ /–—-]${digit}{2,8}(?:[ /–—-]${digit}{2,5}){0,4}(?![\\w-])`,
      "g",
    ),
  ];
  for (const pattern of patterns) {
    yield* matches("phone", text, pattern, (found) => {
      const { length } = digitsIn(found);
      return length >= 8 && length <= 15 && trulyDigits(found) && !isDate(found);
    });
  }
}
