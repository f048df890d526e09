import type { SecretRange } from "./secrets.js";

/** How keys begin, with what OCR makes of their underscores and capitals. */
const keyStarts = [
  "sk[-_ ]ant[-_ ]",
  "sk-",
  "[srp]k[_ ](?:live|test)[_ ]",
  "gh[pousr][_ ]",
  "github[_ ]pat[_ ]",
  "glpat-",
  "xox[baprs]-",
  "(?:AK|AS)[I1l|]A",
  "A[I1l|]za",
  "ya29\\.",
  "SG\\.",
  "npm[_ ]",
  "hf[_ ]",
  "dop[_ ]v1[_ ]",
  "shpat[_ ]",
  "eyJ",
  "AGE-SECRET-KEY-",
];

/** A zero with a stroke in it is read as @, ® or ©. */
const begun = new RegExp(
  `(?<![\\w])(?:${keyStarts.join("|")})[\\w./+=@®©–-]{10,}(?: (?=\\S*\\d)[\\w.+=-]{6,})*`,
  "g",
);
/** What OCR makes of J, l, C and I where no word tells it better; accents are none of base64's, either. */
const misread = /[)(\]|!]/g;

/** What a key looks like, and how what looks like one is told from the rest. */
const patterns: ReadonlyArray<[pattern: RegExp, holds: (found: string) => boolean]> = [
  [/-{2,5} ?BEGIN [A-Z ]*PRIVATE KEY ?-{0,5}/g, () => true],
  [begun, (found) => /\d/.test(found) || found.length > 24],
  [/(?<![\w/.])[\w+=-]{20,}(?![\w/])/g, looksRandom],
  // Base64, whose strokes make it look like a path: AWS's secret keys, the body of a PEM.
  [/(?<![\p{L}\d_/+=.])[\p{L}\d_/+)(\]|!]{36,120}={0,2}(?![\p{L}\d_/+=])/gu, looksEncoded],
];

/** Keys and tokens, by how they begin and by how random they are. */
export function* keys(text: string): Generator<SecretRange> {
  for (const [pattern, holds] of patterns)
    for (const { 0: found, index } of text.matchAll(pattern))
      if (holds(found)) yield { kind: "key", start: index, end: index + found.length };
}

/** Base64 of random bytes: all of its kinds of letters, and no more strokes than chance makes. */
function looksEncoded(read: string): boolean {
  const token = read.replace(misread, "J").normalize("NFD").replace(/\p{M}/gu, "");
  if ((read.match(misread) ?? []).length > read.length * 0.12) return false;
  const strokes = (token.match(/\//g) ?? []).length;
  const isMixed = /[a-z]/.test(token) && /[A-Z]/.test(token) && /\d/.test(token);
  const isJumbled = changesIn(token) >= token.length * 0.28;
  return isMixed && isJumbled && strokes <= Math.max(3, token.length * 0.1) && entropyOf(token) >= 3.8;
}

/** How often letters of one kind are followed by those of another. */
const changesIn = (token: string): number =>
  (token.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)|[a-z](?=[A-Z])|[A-Z](?=[a-z])/g) ?? []).length;

/** Bits for each letter, as counted. */
function entropyOf(token: string): number {
  const counts = new Map<string, number>();
  for (const sign of token) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / token.length) * Math.log2(count / token.length);
  return entropy;
}

/** Letters and digits that follow no language: bits of entropy for each of them, as counted. */
function looksRandom(token: string): boolean {
  // A UUID names things; it opens none.
  if (/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(token)) return false;
  const digits = (token.match(/\d/g) ?? []).length;
  const letters = (token.match(/[A-Za-z]/g) ?? []).length;
  if (digits < 3 || letters < 4) return false;
  // Words joined by signs, with a number or two: a file, a branch, a class of CSS.
  return changesIn(token) >= token.length * 0.2 && entropyOf(token) >= 3.2;
}
