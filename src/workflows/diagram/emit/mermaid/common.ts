import type { Graph } from "../../schema.js";
import { idsOf, type Names } from "../names.js";
import type { Colour } from "../remarks.js";
import { line } from "./labels.js";

/**
 * Writes the lines of one kind of diagram.
 *
 * @param warnings receives what the kind cannot hold, one sentence each
 * @param isLatest whether only the latest Mermaid must read it
 */
export type Emit = (graph: Graph, name: Names, warnings: string[], isLatest: boolean) => string[];

export const directions: Record<Graph["direction"], string> = {
  right: "LR",
  down: "TB",
  left: "RL",
  up: "BT",
};

/** Remarks that no line of the target holds, as said warnings. */
export function looseNotes({ notes }: Graph, warnings: string[], held: (about: string) => boolean): void {
  for (const { text, about } of notes) {
    if (!held(about)) warnings.push(`Mermaid has no place for the note “${text.replace(/\s+/g, " ")}”.`);
  }
}

/** A class for each colour, and what is of it. */
export function colourClasses(colours: ReadonlyMap<string, Colour>, name: Names): string[] {
  const classes = new Map<string, { colour: Colour; ids: string[] }>();
  for (const [id, colour] of colours) {
    const word = colour.name ?? `colour${colour.fill.slice(1)}`;
    const known = classes.get(word) ?? { colour, ids: [] };
    known.ids.push(name(id));
    classes.set(word, known);
  }
  return [...classes].flatMap(([word, { colour, ids }]) => [
    `classDef ${word} fill:${colour.fill},stroke:${colour.stroke}`,
    `class ${ids.join(",")} ${word}`,
  ]);
}

/** A title on a line of its own, as charts have it. */
export const ownTitle = (title: string): string[] =>
  title.trim() === "" ? [] : [`title ${line(title, "heading")}`];

/** The words that one of Mermaid's grammars keeps for itself. */
const reserved = new Set(
  (
    "end graph subgraph flowchart style linkstyle classdef class click call href default interpolate direction " +
    "loop rect opt alt else par par_over and critical option break over note left right activate deactivate title " +
    "acctitle accdescr autonumber create destroy links link properties details box participant actor as " +
    "namespace callback cssclass state fork join choice hide scale " +
    "one only many zero to optionally more or u o x " +
    "root mindmap person system container component boundary rel section constructor prototype __proto__ tostring valueof hasownproperty"
  ).split(" "),
);

/** What Mermaid's text calls nodes and groups. */
export const mermaidNames = (graph: Graph, earlier?: ReadonlyMap<string, string>): Names =>
  idsOf(graph, { reserved, style: styles[graph.kind] ?? "camel", earlier });

const styles: Partial<Record<Graph["kind"], "Pascal">> = {
  sequence: "Pascal",
  class: "Pascal",
  er: "Pascal",
  state: "Pascal",
};
