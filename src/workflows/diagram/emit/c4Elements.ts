import type { Graph, Node } from "../schema.js";
import { remarksOf } from "../structure.js";
import { labelLines } from "./labels.js";

/** What C4's own notation writes below a name: `[Person]`, `[Container: Go]`. */
const typeRow = /^\[\s*(person|software system|system|container|component)\s*(?::\s*([^[\]]{1,80}))?\]$/i;

/** Whether a picture follows the C4 model: its boxes say what they are, or their technology is read. */
export const isC4 = ({ kind, nodes, remarks }: Graph): boolean =>
  kind === "architecture" &&
  (remarks.some(({ feature }) => feature === "technology" || feature === "external") ||
    nodes.some((node) => typeOf(node) !== undefined));

const rowsIn = ({ label, details }: Node): string[] => [label, ...details].flatMap(labelLines);

const typeOf = (node: Node): RegExpExecArray | undefined =>
  rowsIn(node)
    .map((row) => typeRow.exec(row))
    .find((found) => found !== null) ?? undefined;

/** What a box of a C4 picture is, and what it says. */
export interface C4Element {
  kind: "Person" | "System" | "Container" | "Component";
  /** Whether the picture itself says its kind. */
  isNamed: boolean;
  title: string;
  technology: string;
  description: string;
  isExternal: boolean;
}

/** Reads what stands in the boxes of a C4 picture. */
export function c4ElementsOf(graph: Graph): (node: Node) => C4Element {
  const remark = remarksOf(graph);
  return (node) => {
    const { id, shape } = node;
    const [, type = "", drawn] = typeOf(node) ?? [];
    const [title = "", ...rest] = rowsIn(node).filter((row) => !typeRow.test(row));
    const technology = remark(id, "technology") ?? drawn ?? "";
    const kind =
      shape === "actor" || /person/i.test(type)
        ? "Person"
        : /component/i.test(type)
          ? "Component"
          : /container/i.test(type) || technology !== ""
            ? "Container"
            : "System";
    return {
      kind,
      isNamed: type !== "" || shape === "actor" || technology !== "",
      title,
      technology,
      description: remark(id, "description") ?? rest.join(" "),
      isExternal: remark(id, "external") !== undefined,
    };
  };
}

/** "Makes API calls to [JSON/HTTPS]": what is said, and over what. */
export function spokenOf(label: string): { words: string; technology: string } {
  const [, words = label, technology = ""] = /^(.*?)\s*\[([^[\]]{1,80})\]$/.exec(label) ?? [];
  return { words, technology };
}

/** The graph with boxes called by their titles, not by what kind of thing they say they are. */
export function withTitles(graph: Graph): Graph {
  const read = c4ElementsOf(graph);
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, label: read(node).title })) };
}
