import { withoutWraps } from "../../src/workflows/diagram/emit/labels.js";
import type { Edge, Graph, Kind } from "../../src/workflows/diagram/schema.js";
import { letters } from "./graphs.js";

/** What a drawing of a graph says, in a form in which the order of lists and the ids do not count. */
export interface Said {
  nodes: string[];
  edges: string[];
  groups: string[];
  notes: string[];
  steps: string[];
}

/** An arrow from the end of a line to its start. Entities are joined by lines without heads. */
const isBackwards = ({ startHead, endHead }: Edge, kind: Kind): boolean =>
  kind !== "er" && startHead !== "none" && endHead === "none";

/** @param members whether rows below a label are told from it */
export function saidBy(answer: Graph, members = false): Said {
  const graph = withoutWraps(answer);
  const labels = new Map(
    [...graph.nodes, ...graph.groups].map((one): [string, string] => [
      one.id,
      letters("details" in one && !members ? [one.label, ...one.details].join(" ") : one.label),
    ]),
  );
  const label = (id: string): string => labels.get(id) ?? (id === "" ? "" : `?${id}`);
  return {
    nodes: graph.nodes
      .map(({ id, group, details }) =>
        [label(id), members ? details.map(letters).join("|") : "", label(group)].join(" / "),
      )
      .sort(),
    edges: graph.edges
      .map((edge) => {
        const ends = [label(edge.from), label(edge.to)];
        return [...(isBackwards(edge, graph.kind) ? ends.reverse() : ends), letters(edge.label)].join(" / ");
      })
      .sort(),
    groups: graph.groups
      .map(({ label: words, parent }) => [letters(words), label(parent)].join(" / "))
      .sort(),
    notes: graph.notes.map(({ text, about }) => [letters(text), label(about)].join(" / ")).sort(),
    steps: graph.steps.map(({ kind, from, to, text, line }) =>
      [kind, label(from), label(to), letters(text), kind === "message" ? line : ""].join(" / "),
    ),
  };
}
