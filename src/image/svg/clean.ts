import { animations, drawnElements, filterSteps } from "./drawn.js";
import { type Embedded, readEmbedded } from "./embedded.js";
import { inPixels, readStyle } from "./style.js";
import { refuseSvg, type SvgElement } from "./tree.js";

/** What was left out of a drawing that its reader should know of. */
export interface Found {
  isAnimated: boolean;
  hasFonts: boolean;
  /** A filter that is not among those that are drawn. */
  oddFilter: string | undefined;
  sheetFilters: boolean;
  embedded: Embedded[];
  /** Pictures within that are not drawn. */
  unreadable: number;
}

/**
 * Leaves of a tree only what is drawn and harmless. References within the file stay.
 *
 * @throws UserError when the drawing reaches outside of its file
 */
export function clean(root: SvgElement): Found {
  const found: Found = {
    isAnimated: false,
    hasFonts: false,
    oddFilter: undefined,
    sheetFilters: false,
    embedded: [],
    unreadable: 0,
  };
  cleanElement(root, found);
  return found;
}

function cleanElement(element: SvgElement, found: Found): void {
  const isFilter = element.name === "filter" || filterSteps.has(element.name);
  element.children = element.children.filter((child) => {
    if (typeof child === "string") return true;
    if (animations.has(child.name)) found.isAnimated = true;
    if (isFilter && !filterSteps.has(child.name) && !animations.has(child.name)) found.oddFilter = child.name;
    if (!(isFilter ? filterSteps : drawnElements).has(child.name)) return false;
    return child.name !== "image" || cleanImage(child, found);
  });
  for (const [name, value] of element.attributes) cleanAttribute(element, name, value, found);
  if (element.name === "style") {
    const sheet = readStyle(element.children.filter((child) => typeof child === "string").join(""));
    found.hasFonts ||= sheet.hasFonts;
    found.isAnimated ||= sheet.isAnimated;
    found.sheetFilters ||= sheet.hasFilter;
    element.children = [sheet.css];
    return;
  }
  for (const child of element.children) if (typeof child !== "string") cleanElement(child, found);
}

const isReference = (name: string) => name === "href" || name === "xlink:href";

function cleanAttribute(element: SvgElement, name: string, value: string, found: Found): void {
  const { attributes } = element;
  if (/^(on|data-|aria-)/i.test(name)) attributes.delete(name);
  else if (isReference(name)) {
    // A link is drawn as what it holds; embedded pictures were looked at before.
    if (element.name === "a") attributes.delete(name);
    else if (element.name !== "image" && !value.trim().startsWith("#"))
      refuseSvg("a reference to something outside of it");
  } else if (name === "style" || /[(\\]/.test(value)) {
    const style = readStyle(value);
    found.isAnimated ||= style.isAnimated;
    attributes.set(name, style.css);
  } else if (/(pt|pc|in|cm|mm|q)\s*$/i.test(value) && /^\s*[-+.\d]/.test(value))
    attributes.set(name, inPixels(value));
}

/** @returns whether the picture is drawn */
function cleanImage(element: SvgElement, found: Found): boolean {
  const href = element.attributes.get("href") ?? element.attributes.get("xlink:href");
  if (href === undefined) return false;
  if (!/^\s*data:/i.test(href)) refuseSvg("a linked picture");
  const embedded = readEmbedded(href);
  if (!embedded) {
    found.unreadable++;
    return false;
  }
  found.embedded.push(embedded);
  element.attributes.delete("href");
  element.attributes.set("xlink:href", `data:${embedded.type};base64,${embedded.bytes.toString("base64")}`);
  return true;
}

/** Takes all filters out of a tree. */
export function leaveOutFilters(element: SvgElement): void {
  element.attributes.delete("filter");
  const style = element.attributes.get("style");
  if (style !== undefined) element.attributes.set("style", readStyle(style, false).css);
  if (element.name === "style") {
    const sheet = element.children.filter((child) => typeof child === "string").join("");
    element.children = [readStyle(sheet, false).css];
  }
  element.children = element.children.filter((child) => typeof child === "string" || child.name !== "filter");
  for (const child of element.children) if (typeof child !== "string") leaveOutFilters(child);
}
