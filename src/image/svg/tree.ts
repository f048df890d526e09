import { SaxesParser } from "saxes";
import { UserError } from "../../errors.js";

/** An element of SVG's own namespace. Attributes have no prefix, `xlink:href` and `xml:space` excepted. */
export interface SvgElement {
  name: string;
  attributes: Map<string, string>;
  children: Array<SvgElement | string>;
}

/** What was read, and what was in it besides. */
export interface SvgTree {
  root: SvgElement;
  /** Whether it names SVG's namespace; one that was cut out of a web page does not. */
  namesItself: boolean;
  /** Labels and the like that are written as HTML. */
  foreignObjects: number;
}

export const namespaces = {
  svg: "http://www.w3.org/2000/svg",
  xlink: "http://www.w3.org/1999/xlink",
  xml: "http://www.w3.org/XML/1998/namespace",
};
const inclusions = ["http://www.w3.org/2001/XInclude", "http://www.w3.org/2003/XInclude"];

/** More than any drawing has. */
const mostElements = 200_000;
const deepest = 500;

export function refuseSvg(what: string): never {
  throw new UserError({
    code: "pictureUnusable",
    problem: `The SVG holds ${what} and is not drawn here.`,
    advice: "Export it as PNG and choose that picture.",
  });
}

/**
 * Reads the elements that are SVG's own. Those of other namespaces (an editor's notes, metadata) are left out, as
 * browsers do.
 *
 * @throws UserError when it reaches outside itself, or is larger than any drawing
 * @throws Error when it is not well-formed
 */
export function readSvgTree(text: string): SvgTree {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: Array<SvgElement | undefined> = [];
  let root: SvgElement | undefined;
  let namesItself = true;
  let [elements, foreignObjects] = [0, 0];

  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", (doctype) => {
    if (doctype.includes("[")) refuseSvg("entities or declarations in its document type");
  });
  parser.on("processinginstruction", ({ target }) => {
    if (target === "xml-stylesheet") refuseSvg("a linked style sheet");
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    if (inclusions.includes(uri)) refuseSvg("an inclusion of other files");
    if (++elements > mostElements) refuseSvg(`more than ${mostElements} elements`);
    if (open.length >= deepest) refuseSvg(`elements nested ${deepest} deep`);
    if (open.length === 0) {
      if (local !== "svg" || (uri !== namespaces.svg && uri !== "")) throw new Error("No SVG");
      namesItself = uri !== "";
    }
    const parent = open.at(-1);
    const isOurs = uri === namespaces.svg || (!namesItself && uri === "");
    if (open.length > 0 && (parent === undefined || !isOurs)) {
      open.push(undefined);
      return;
    }
    if (local === "foreignObject") {
      foreignObjects++;
      open.push(undefined);
      return;
    }
    const element: SvgElement = { name: local, attributes: new Map(), children: [] };
    for (const { uri: of, local: name, value } of Object.values(attributes)) {
      if (of === "") element.attributes.set(name, value);
      else if (of === namespaces.xlink && name === "href") element.attributes.set("xlink:href", value);
      else if (of === namespaces.xml && name === "space") element.attributes.set("xml:space", value);
    }
    parent?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const addText = (content: string) => void open.at(-1)?.children.push(content);
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(text).close();
  if (!root) throw new Error("No element");
  return { root, namesItself, foreignObjects };
}

const escaped: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // Line breaks in attributes would be read as blanks.
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};
const escapeText = (text: string) => text.replace(/[&<>\r]/g, (c) => escaped[c] ?? c);
const escapeValue = (text: string) => text.replace(/[&<>"\n\r\t]/g, (c) => escaped[c] ?? c);

/** The tree as text, in one namespace and without anything that was not read into it. */
export function writeSvgTree(root: SvgElement): string {
  const out: string[] = [];
  const write = ({ name, attributes, children }: SvgElement) => {
    out.push("<", name);
    if (name === root.name && out.length === 2)
      out.push(` xmlns="${namespaces.svg}" xmlns:xlink="${namespaces.xlink}"`);
    for (const [key, value] of attributes) out.push(` ${key}="${escapeValue(value)}"`);
    out.push(">");
    for (const child of children) {
      if (typeof child === "string") out.push(escapeText(child));
      else write(child);
    }
    out.push("</", name, ">");
  };
  write(root);
  return out.join("");
}
