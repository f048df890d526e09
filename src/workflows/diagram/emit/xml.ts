import { rowsOf } from "./labels.js";

/** An element of XML, to be written. */
export interface XmlElement {
  name: string;
  /** Undefined ones are left out. */
  attributes: Record<string, string | number | undefined>;
  children: XmlElement[];
  /** In place of children. */
  text?: string | undefined;
}

export const element = (
  name: string,
  attributes: XmlElement["attributes"] = {},
  children: XmlElement[] = [],
  text?: string,
): XmlElement => ({ name, attributes, children, text });

/** The element's rows. Its texts stay texts, with their line breaks, whatever they hold. */
export function xmlRows({ name, attributes, children, text }: XmlElement): string[] {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === "number" ? value : escaped(value)}"`],
  );
  const head = `${name}${given.join("")}`;
  if (text !== undefined) return [`<${head}>${escaped(text)}</${name}>`];
  if (children.length === 0) return [`<${head} />`];
  return [`<${head}>`, ...children.flatMap(xmlRows).map((row) => `  ${row}`), `</${name}>`];
}

/** XML 1.0 knows no U+FFFE and no U+FFFF. */
const escaped = (words: string): string =>
  rowsOf(words)
    .map((row) =>
      row
        .replace(/[\ufffe\uffff]/g, "\ufffd")
        .replaceAll("&", "&amp;")
        .replaceAll("<", "&lt;")
        .replaceAll(">", "&gt;")
        .replaceAll('"', "&quot;"),
    )
    .join("&#10;");
