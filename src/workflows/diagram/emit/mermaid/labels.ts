import { rowsOf } from "../labels.js";

/** Letters and digits of any script, and punctuation that means nothing to Mermaid's grammars. */
const harmless = /[\p{L}\p{M}\p{N} .,'!?/+=_€£§°–—…“”„‘’«»·×]/u;
/** Between quotes, more is plain text; what stays encoded could end the quotes, begin HTML or be an entity. */
const harmlessInQuotes = /[\p{L}\p{M}\p{N} .,'!?/+=_€£§°–—…“”„‘’«»·×(){}:|^-]/u;
/** What stands for a label that is empty: Mermaid wants one. A space that does not break. */
const nothing = "#160;";

/** Every character that could be syntax becomes an entity, which Mermaid turns back when it draws. */
function encode(text: string, plain: RegExp): string {
  let encoded = "";
  for (const character of text) {
    encoded += plain.test(character) ? character : `#${character.codePointAt(0)};`;
  }
  return (
    encoded
      // Some of Mermaid's lexers take "direction LR" for a statement wherever it stands, quotes or not.
      .replace(/(direction) (?=[lrtb])/gi, "$1#32;")
      // Some of its drawers read Markdown in labels: addresses become links, underscores emphasis.
      .replace(/:(?=\/\/)/g, "#58;")
      .replace(/www\./gi, (word) => `${word.slice(0, 3)}#46;`)
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "#95;")
      .replace(
        /^([\d]+)([.)])|^([+=])/,
        (_, number = "", mark = "", sign = "") => `${number}#${(mark || sign).charCodeAt(0)};`,
      )
  );
}

/** Text on one line, where nothing encloses it. */
export const line = (text: string): string => encode(rowsOf(text).join(" "), harmless) || nothing;

/** Text that begins a line of its own, where a keyword could be meant. */
export const rowStart = (text: string): string =>
  line(text).replace(
    /^(title|section|timeline|gantt|acc|date|axis|tick|today|in|ex|top|week|click|link|href|call|vert|display|barheight)/i,
    (word) => `#${word.charCodeAt(0)};${word.slice(1)}`,
  );

/** Text with its line breaks, where nothing encloses it. */
export const lines = (text: string): string =>
  rowsOf(text)
    .map((row) => encode(row, harmless))
    .join("<br/>") || nothing;

/** A quoted text on one line, for the places that know no line breaks. */
export const quotedLine = (text: string): string =>
  `"${encode(rowsOf(text).join(" "), harmlessInQuotes) || nothing}"`;

/** A quoted text with its line breaks. */
export const quoted = (text: string): string =>
  `"${
    rowsOf(text)
      .map((row) => encode(row, harmlessInQuotes))
      .join("<br/>") || nothing
  }"`;
