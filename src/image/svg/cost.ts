import { filterSteps } from "./drawn.js";
import { refuseSvg, type SvgElement } from "./tree.js";

/** What it takes to draw an element with all that it holds and refers to. */
export interface Cost {
  /** Elements drawn. */
  elements: number;
  /** How often filters go over the whole picture. */
  passes: number;
  /** Layers that lie within each other. */
  layers: number;
}

const mostDrawn = 500_000;
/** A filter function, such as `drop-shadow()`. */
const functionPasses = 5;

const referenceOf = ({ attributes }: SvgElement): string | undefined => {
  const href = attributes.get("href") ?? attributes.get("xlink:href");
  return href?.startsWith("#") ? href.slice(1) : undefined;
};

const propertyOf = ({ attributes }: SvgElement, name: string): string | undefined =>
  attributes.get(name) ??
  new RegExp(`(?:^|[;\\s])${name}\\s*:([^;]*)`).exec(attributes.get("style") ?? "")?.[1];

/**
 * Adds up what it takes to draw the tree, copies by `use` included.
 *
 * @param sheetFilters whether style sheets give filters to classes
 * @throws UserError when copies of copies are drawn without end
 */
export function costOf(root: SvgElement, sheetFilters: boolean): Cost {
  const byId = new Map<string, SvgElement>();
  const collect = (element: SvgElement) => {
    const id = element.attributes.get("id");
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
    for (const child of element.children) if (typeof child !== "string") collect(child);
  };
  collect(root);

  const known = new Map<SvgElement, Cost>();
  const inside = new Set<SvgElement>();
  const visit = (element: SvgElement): Cost => {
    const seen = known.get(element);
    if (seen) return seen;
    // A circle of references is drawn by nobody.
    if (inside.has(element)) return { elements: 0, passes: 0, layers: 0 };
    inside.add(element);
    const total: Cost = { elements: 1, passes: 0, layers: 0 };
    const parts = element.children.filter((child) => typeof child !== "string");
    const copied = element.name === "use" ? byId.get(referenceOf(element) ?? "") : undefined;
    for (const part of copied ? [...parts, copied] : parts) {
      const { elements, passes, layers } = visit(part);
      total.elements += elements;
      total.passes += passes;
      total.layers = Math.max(total.layers, layers);
    }
    if (total.elements > mostDrawn) refuseSvg(`more than ${mostDrawn} elements, copies included,`);
    const filter = propertyOf(element, "filter");
    if (filter !== undefined) total.passes += passesOf(filter);
    else if (sheetFilters && element.attributes.has("class")) total.passes += sheetPasses;
    const opacity = Number.parseFloat(propertyOf(element, "opacity") ?? "1");
    const mask = propertyOf(element, "mask") ?? propertyOf(element, "mix-blend-mode");
    if (filter !== undefined || mask !== undefined || opacity < 1)
      total.layers += filter === undefined ? 1 : 3;
    inside.delete(element);
    known.set(element, total);
    return total;
  };

  const passesIn = (filter: SvgElement | undefined): number =>
    (filter?.children ?? []).reduce(
      (sum, step) => sum + (typeof step === "string" ? 0 : (filterSteps.get(step.name) ?? 1)),
      0,
    );
  /** A list of references to filters and of functions such as `blur(2px)`. */
  const passesOf = (value: string): number => {
    const ids = [...value.matchAll(/url\(\s*["']?#([^"')\s]+)/g)].map(([, id]) => id ?? "");
    const functions = value.split("(").length - 1 - ids.length;
    return ids.reduce((sum, id) => sum + passesIn(byId.get(id)), functions * functionPasses);
  };
  /** A style sheet may give any of the filters to any class. */
  const sheetPasses = [...byId.values()]
    .filter(({ name }) => name === "filter")
    .reduce((most, filter) => Math.max(most, passesIn(filter)), functionPasses);
  return visit(root);
}
