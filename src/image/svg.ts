import { UserError } from "../errors.js";

/** What an SVG may not hold, each with the words that say so. */
const refused: ReadonlyArray<[RegExp, string]> = [
  [/<!DOCTYPE|<!ENTITY/i, "a document type or entities"],
  [/XInclude|<[\w-]*:?include[\s/>]/i, "an inclusion of other files"],
  [/<[\w-]*:?(image|feImage)[\s/>]/i, "an embedded or linked picture"],
  [/<[\w-]*:?filter[\s/>]/i, "a filter, which can take minutes to draw"],
  [/@import|url\s*\(\s*["']?\s*[^#"'\s)]/i, "a style that loads something"],
  [/<\?xml-stylesheet/i, "a linked style sheet"],
];

const unescapeReferences = (text: string): string =>
  text.replace(/&#(x[\da-f]+|\d+);/gi, (_, code: string) => {
    const value =
      code.startsWith("x") || code.startsWith("X") ? Number.parseInt(code.slice(1), 16) : Number(code);
    return value <= 0x10ffff ? String.fromCodePoint(value) : "";
  });

/**
 * Refuses an SVG that reaches outside itself or can be made to draw for ever. It is drawn only when it is
 * plain: the renderer would read neighbouring files through XInclude and spends unbounded time on filters.
 *
 * @throws UserError naming what was found
 */
export function checkSvg(bytes: Uint8Array): void {
  const refuse = (what: string) => {
    throw new UserError({
      code: "pictureUnusable",
      problem: `The SVG holds ${what} and is not drawn here.`,
      advice: "Export it as PNG and choose that picture.",
    });
  };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("text that is not UTF-8");
  }
  const encoding = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/i.exec(text)?.[1];
  if (encoding !== undefined && !/^(utf-8|us-ascii|ascii)$/i.test(encoding))
    return refuse("text that is not UTF-8");
  const plain = unescapeReferences(text);
  for (const [pattern, what] of refused) if (pattern.test(plain)) refuse(what);
}
