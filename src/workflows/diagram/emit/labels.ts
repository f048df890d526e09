import { plainText } from "../../../text/plain.js";
import type { Edge, Graph } from "../schema.js";

/** A label's rows: plain, composed, with its spaces evened out, without empty ones. */
export const labelLines = (text: string): string[] => (isOneRow.test(text) ? [text] : allRows(text));

/** Words of ASCII with single spaces between them, as most labels are. */
const isOneRow = /^[!-~]+(?: [!-~]+)*$/;

const allRows = (text: string): string[] =>
  plainText(text)
    .normalize("NFC")
    .split("\n")
    .map((row) => row.replace(/\s+/g, " ").trim())
    .filter((row) => row !== "");

/**
 * The graph without the line breaks that the width of a box or of the paper forced: those inside of a sentence, where
 * the next row goes on in small letters.
 *
 * @param keepsBreaks all of them are meant, and stay
 */
export function withoutWraps(graph: Graph, keepsBreaks = false): Graph {
  if (keepsBreaks) return graph;
  const labelled = <T extends { label: string }>(one: T): T =>
    one.label.includes("\n") ? { ...one, label: unwrapped(one.label) } : one;
  const worded = <T extends { text: string }>(one: T): T =>
    one.text.includes("\n") ? { ...one, text: unwrapped(one.text) } : one;
  return {
    ...graph,
    nodes: graph.nodes.map(labelled),
    edges: graph.edges.map(labelled),
    groups: graph.groups.map(labelled),
    steps: graph.steps.map(worded),
    notes: graph.notes.map(worded),
  };
}

function unwrapped(text: string): string {
  const [first = "", ...others] = labelLines(text);
  return others.reduce(
    (all, row) => `${all}${/^\p{Ll}/u.test(row) && /[\p{L}\p{N},]$/u.test(all) ? " " : "\n"}${row}`,
    first,
  );
}

/** Multiplicities as UML writes them. */
export const multiplicities: Record<Edge["endCount"], string> = {
  none: "",
  one: "1",
  zeroOrOne: "0..1",
  oneOrMore: "1..*",
  zeroOrMore: "0..*",
};
