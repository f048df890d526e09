import type { SecretRange } from "./secrets.js";

/** What a secret is called, in the languages of most screens; OCR makes a blank of an underscore. */
const names = [
  "pass ?(?:word|wd|phrase|code)",
  "pwd",
  "passwort",
  "kennwort",
  "mot de passe",
  "contrase(?:ñ|n)a",
  "senha",
  "(?:client|app|api|auth|jwt|session|signing|shared)?[ _-]?secret(?:[ _-]?(?:access[ _-]?)?key)?",
  "(?:api|access|private|secret|encryption|license)[ _-]?key",
  "(?:api|access|auth|bearer|refresh|id|session)?[ _-]?token",
  "pin(?: ?code)?",
  "security code",
  "cvv|cvc",
].join("|");

/** A name ends where its word does: what stands before it, as in DB_PASSWORD, belongs to it. */
const label = `(?<![A-Za-z])(?:[A-Za-z]{1,24}[ _-]){0,3}(?:${names})(?![A-Za-z])`;

/** A value, of which OCR may make two or three words where letters and digits meet. */
const value = `[^\\s"',;]{1,128}(?: (?=[^\\s"',;]*\\d)[^\\s"',;]{4,128}){0,2}`;

/** `password: …`, `DB_PASSWORD=…`, `"password": "…"`; to the end of the value. */
const assigned = new RegExp(`${label}["']?\\s{0,3}(?:[:=]|=>)\\s{0,3}["']?(${value})`, "gi");
/** The same without its sign, which is small and often not read: the value has to look like none of a sentence's words. */
const beside = new RegExp(`${label}["']?\\s{1,3}["']?([^\\s"',;]{4,128})`, "gi");
/** `https://person:password@host` */
const inAddress = /:\/\/[^\s:@/]{1,64}:([^\s@/]{2,128})@/g;

/** What is told to be secret by what stands before it. */
export function* labelledSecrets(text: string): Generator<SecretRange> {
  for (const [pattern, holds] of [
    [assigned, isAssigned],
    [beside, looksChosen],
    [inAddress, isValue],
  ] as const)
    for (const match of text.matchAll(pattern)) {
      const [whole, value = ""] = match;
      if (!holds(value, whole)) continue;
      const start = match.index + whole.lastIndexOf(value);
      yield { kind: "password", start, end: start + value.length };
    }
}

const wholeLabel = new RegExp(`^(?:[\\p{L}]{1,24}[ _-]){0,2}(?:${names})\\s*[:*]{0,2}$`, "iu");

/** Whether a line is nothing but the name of a secret, as above a field. */
export const isSecretLabel = (line: string): boolean => line.length < 60 && wholeLabel.test(line.trim());

/** A password may be any word; of what else is called a token or a key, sentences speak, too. */
const isAssigned = (value: string, whole: string): boolean =>
  /pass|pwd|wort|contrase|senha|secret/i.test(whole.slice(0, -value.length))
    ? isValue(value)
    : looksChosen(value);

/** Dots stand for what is hidden already; so do words that say what a value is for. */
const isValue = (value: string): boolean =>
  value.length >= 3 &&
  /[\p{L}\d]/u.test(value) &&
  !/^[•●∙*.…·xX]+$/u.test(value) &&
  !placeholders.test(value);
const placeholders =
  /^(?:required|optional|show|hide|none|null|undefined|true|false|string|forgot|reset|your|enter|the|must|is|and|or)[.,:;!?]?$/i;

/** Whether a word looks chosen rather than written in a sentence: digits or signs within, or capitals after small letters. */
export function looksChosen(value: string): boolean {
  if (!isValue(value) || value.length < 4) return false;
  const word = value.replace(/[.,:;!?)]+$/, "");
  return /\d/.test(word) || /[a-z][A-Z]/.test(word) || /[^\p{L}\d'’.-]/u.test(word);
}
