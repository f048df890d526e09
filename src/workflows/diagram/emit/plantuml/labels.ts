import { rowsOf } from "../labels.js";

/** Letters and digits of any script, and punctuation that means nothing to PlantUML: it makes quotes and dashes straight. */
const harmless = /[\p{L}\p{M}\p{N} .,?€£§°…·×]/u;

/**
 * Every character that could be syntax, markup or one of the preprocessor's functions becomes `<U+…>`, which
 * PlantUML turns back when it draws.
 *
 * @see https://plantuml.com/unicode
 */
const encode = (row: string): string => {
  let encoded = "";
  for (const character of row) {
    const point = character.codePointAt(0) ?? 0;
    // Older versions break what lies beyond the first plane in two when it stands as it is, and know no codes of
    // six digits, which are for private use alone.
    const known = point > 0xfffff ? 0xfffd : point;
    encoded +=
      harmless.test(character) && point <= 0xffff
        ? character
        : `<U+${known.toString(16).toUpperCase().padStart(4, "0")}>`;
  }
  return encoded;
};

/** What stands for a label that is empty: a space that does not break. */
const nothing = "<U+00A0>";

/** Text on one line, with its line breaks. */
export const line = (text: string): string => rowsOf(text).map(encode).join("\\n") || nothing;

/** The same between quotes. */
export const quoted = (text: string): string => `"${line(text)}"`;

/** Text on one line, for places that know no line breaks. */
export const row = (text: string): string => encode(rowsOf(text).join(" ")) || nothing;
