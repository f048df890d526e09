import { labelLines } from "../labels.js";

/**
 * Signs that PlantUML reads as something else wherever they stand: tags, escapes and quotes, and those that it makes
 * straight. What stands behind a word is a type's parameter where it begins with a capital, and none of its tags does.
 */
const changing = /<(?!(?<=\w<)(?:[A-Z][A-Z]?[a-z]\w+|[KTV])[,>])|["~\\\u2010-\u201f]/g;
/** Markup stands between two pairs of the same sign. */
const pairs = ["**", "//", "__", "--"];

/**
 * Signs that would be read as markup, a link, a variable or one of the preprocessor's functions become `<U+…>`, which
 * PlantUML turns back when it draws; all others stand as they are.
 *
 * @see https://plantuml.com/creole
 */
function encode(row: string): string {
  const marked = row
    .replace(changing, mark)
    .replace(/\[(?=\[)|&(?=#?\w{1,10};)|%(?=\w)|\$(?=\w)|\/(?=')|'(?=\/)/g, mark)
    // Lists, headings, tables, comments, commands of the preprocessor, and the file's end.
    .replace(/^[*#=|!'@.:+-]/, mark);
  const plain = pairs.reduce(
    (text, pair) =>
      text.split(pair).length > 2 ? text.replaceAll(pair, `${mark(pair.charAt(0))}${pair.charAt(1)}`) : text,
    marked,
  );
  // Older versions break what lies beyond the first plane in two when it stands as it is, and know no codes of
  // six digits, which are for private use alone.
  return plain.replace(/[\u{10000}-\u{10ffff}\ue000-\uf8ff]/gu, (character) =>
    mark((character.codePointAt(0) ?? 0) > 0xfffff ? "\ufffd" : character),
  );
}

const mark = (sign: string): string =>
  `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;

/** What stands for a label that is empty: a space that does not break. */
const nothing = "<U+00A0>";

/** Text on one line, with its line breaks. */
export const line = (text: string): string =>
  labelLines(text)
    .map(encode)
    .join("\\n")
    // At the edge of a line's words it says which way to read them.
    .replace(/^>|(?<!<U\+[0-9A-F]{4,6})>$/g, mark) || nothing;

/** The same between quotes. */
export const plantumlString = (text: string): string => `"${line(text)}"`;

/** Text on one line, for places that know no line breaks. */
export const row = (text: string): string => encode(labelLines(text).join(" ")) || nothing;
