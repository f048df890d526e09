import type { Feature, Graph, Node } from "../schema.js";
import { remarksOf } from "../structure.js";
import { labelLines } from "./labels.js";

/** What a person calls a feature that is left out. */
const words: Record<Feature, string> = {
  event: "kinds of events",
  ring: "double and thick rings",
  gateway: "kinds of gateways",
  subroutine: "double sides of boxes",
  pseudostate: "fork and join bars and history states",
  external: "that something is external",
  technology: "technologies",
  description: "descriptions",
  colour: "colours",
  direction: "directions of frames",
  region: "concurrent regions",
  activate: "activation bars",
  deactivate: "ends of activation bars",
  create: "creation of participants",
  destroy: "destruction of participants",
  side: "sides of notes",
  numbered: "numbering",
};

/** A feature, or one of its values alone: `ring thick`. */
export type Held = Feature | `${Feature} ${string}`;

/**
 * Says which remarked features a language does not hold.
 *
 * @param held those that it does
 * @param warnings receives one sentence a feature
 */
export function warnOfRemarks(
  { remarks }: Graph,
  language: string,
  held: readonly Held[],
  warnings: string[],
): void {
  const left = new Map<Feature, number>();
  for (const { feature, value } of remarks)
    if (!held.includes(feature) && !held.includes(`${feature} ${value}`))
      left.set(feature, (left.get(feature) ?? 0) + 1);
  for (const [feature, count] of left)
    warnings.push(`${language} has no place for ${words[feature]}: ${count} left out.`);
}

export const eventSigns: Record<string, string> = {
  message: "✉",
  timer: "⏱",
  error: "⚡",
  signal: "△",
  terminate: "●",
  conditional: "▤",
  escalation: "⇧",
  compensation: "⏪",
};
export const gatewaySigns: Record<string, string> = {
  exclusive: "×",
  parallel: "+",
  inclusive: "○",
  event: "⬠",
};

/**
 * A node's label below the sign of its kind of event or gateway, and above its technology and what it is for: for
 * languages that know no such things.
 */
export function signedLabels(graph: Graph): (node: Node) => string {
  if (graph.remarks.length === 0) return ({ label }) => label;
  const remark = remarksOf(graph);
  return ({ id, label }) => {
    const sign = eventSigns[remark(id, "event") ?? ""] ?? gatewaySigns[remark(id, "gateway") ?? ""];
    const read = labelLines(label).join(" ").toLowerCase();
    // A reader may have taken the sign for the label.
    const isSaid = sign === undefined || read === sign || (sign === "×" && read === "x");
    const technology = remark(id, "technology");
    const rows = [isSaid ? "" : sign, label, technology && `[${technology}]`, remark(id, "description")];
    return rows.filter((row) => row !== undefined && row !== "").join("\n");
  };
}

export interface Colour {
  /** A word, where it is one that we know. */
  name: string | undefined;
  /** `#rrggbb` */
  fill: string;
  stroke: string;
}

const known: Record<string, [string, string]> = {
  red: ["#ffc9c9", "#e03131"],
  pink: ["#fcc2d7", "#c2255c"],
  purple: ["#eebefa", "#9c36b5"],
  violet: ["#d0bfff", "#6741d9"],
  blue: ["#a5d8ff", "#1971c2"],
  teal: ["#96f2d7", "#099268"],
  green: ["#b2f2bb", "#2f9e44"],
  yellow: ["#ffec99", "#f08c00"],
  orange: ["#ffd8a8", "#e8590c"],
  brown: ["#eaddd7", "#846358"],
  grey: ["#e9ecef", "#495057"],
  black: ["#343a40", "#000000"],
  white: ["#ffffff", "#343a40"],
};

/** Reads "red", "light blue", "gray", "#ff0000". */
export function colourOf(text: string): Colour | undefined {
  const plain = text.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(plain)) return { name: undefined, fill: plain, stroke: "#343a40" };
  const name = plain
    .replace("gray", "grey")
    .split(/[^a-z]+/)
    .find((word) => Object.hasOwn(known, word));
  const [fill, stroke] = known[name ?? ""] ?? [];
  return fill === undefined || stroke === undefined ? undefined : { name, fill, stroke };
}

/** The remarked colours of nodes and groups by their ids; colours that are no word or code of ours are said. */
export function coloursOf({ remarks }: Graph, warnings: string[]): Map<string, Colour> {
  const colours = new Map<string, Colour>();
  for (const { about, feature, value } of remarks) {
    if (feature !== "colour") continue;
    const colour = colourOf(value);
    if (colour) colours.set(about, colour);
    else warnings.push(`The colour “${labelLines(value).join(" ")}” is not known and is left out.`);
  }
  return colours;
}

/** The word for a fill that we write ourselves, or its code; the opposite of `colourOf`. */
export const wordForFill = (fill: string): string =>
  Object.keys(known).find((name) => known[name]?.[0] === fill.toLowerCase()) ?? fill;
