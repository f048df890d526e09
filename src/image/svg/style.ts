import { type CSSToken, TokenType, tokenize } from "@csstools/css-tokenizer";
import { refuseSvg } from "./tree.js";

/** A style as it is drawn, and what was in it. */
export interface Style {
  css: string;
  /** Whether it brought typefaces of its own, which are left out. */
  hasFonts: boolean;
  isAnimated: boolean;
  hasFilter: boolean;
}

/** CSS pixels of the units that a renderer would take at 72 dots an inch. */
const physical: Record<string, number> = {
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
};

/** A length in a physical unit as one in CSS pixels, 96 an inch, as browsers take it; others as they are. */
export function inPixels(length: string): string {
  const [token, end] = tokenize({ css: length.trim() });
  return token && end?.[0] === TokenType.EOF ? rawOf(token) : length;
}

function rawOf(token: CSSToken): string {
  if (token[0] !== TokenType.Dimension) return token[1];
  const factor = physical[token[4].unit.toLowerCase()];
  return factor === undefined ? token[1] : `${token[4].value * factor}px`;
}

/**
 * Reads a style sheet or a style attribute.
 *
 * @param keepFilters whether filters are drawn; otherwise their property is given a name that means nothing
 * @throws UserError when it loads something
 */
export function readStyle(css: string, keepFilters = true): Style {
  const style: Style = { css: "", hasFonts: false, isAnimated: false, hasFilter: false };
  const tokens = tokenize({ css });
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    const [type, raw] = token;
    if (type === TokenType.BadURL) refuseSvg("a style that loads something");
    if (type === TokenType.URL && !token[4].value.startsWith("#")) refuseSvg("a style that loads something");
    if (
      type === TokenType.Function &&
      /^(url|src|image|image-set|-webkit-image-set)$/i.test(token[4].value)
    ) {
      const argument = nextOf(tokens, index);
      if (argument?.[0] !== TokenType.String || !argument[4].value.startsWith("#"))
        refuseSvg("a style that loads something");
    }
    if (type === TokenType.AtKeyword) {
      const name = token[4].value.toLowerCase();
      if (name === "import") refuseSvg("a style that loads something");
      if (name.endsWith("keyframes")) style.isAnimated = true;
      if (name === "font-face") {
        style.hasFonts = true;
        index = endOfBlock(tokens, index);
        continue;
      }
    }
    if (type === TokenType.Ident && nextOf(tokens, index)?.[0] === TokenType.Colon) {
      const property = token[4].value.toLowerCase();
      if (property === "filter") {
        style.hasFilter = true;
        if (!keepFilters) {
          style.css += "filter-left-out";
          continue;
        }
      }
    }
    style.css += type === TokenType.Comment ? "" : rawOf(token) || raw;
  }
  return style;
}

function nextOf(tokens: readonly CSSToken[], index: number): CSSToken | undefined {
  const skipped: string[] = [TokenType.Whitespace, TokenType.Comment];
  let next = index + 1;
  for (; ; next++) {
    const token = tokens[next];
    if (!token || !skipped.includes(token[0])) return token;
  }
}

/** The place of the brace that closes the next block. */
function endOfBlock(tokens: readonly CSSToken[], from: number): number {
  let depth = 0;
  for (let index = from; index < tokens.length; index++) {
    const type = tokens[index]?.[0];
    if (type === TokenType.OpenCurly) depth++;
    else if (type === TokenType.CloseCurly && --depth <= 0) return index;
    else if (type === TokenType.Semicolon && depth === 0) return index;
  }
  return tokens.length;
}
