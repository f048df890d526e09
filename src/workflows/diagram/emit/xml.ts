import { escapeXml } from "../../../text/xml.js";
import { labelLines } from "./labels.js";

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
export function xmlRows(root: XmlElement): string[] {
  const rows: string[] = [];
  write(root, "", rows);
  return rows;
}

function write({ name, attributes, children, text }: XmlElement, indent: string, rows: string[]): void {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${typeof value === "number" ? value : xmlText(value)}"`],
  );
  const head = `${indent}<${name}${given.join("")}`;
  if (text !== undefined) rows.push(`${head}>${xmlText(text)}</${name}>`);
  else if (children.length === 0) rows.push(`${head} />`);
  else {
    rows.push(`${head}>`);
    for (const child of children) write(child, `${indent}  `, rows);
    rows.push(`${indent}</${name}>`);
  }
}

/** A text for an element or an attribute, with its line breaks. */
export const xmlText = (words: string): string => labelLines(words).map(escapeXml).join("&#10;");
