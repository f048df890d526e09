import type { Graph, Node } from "../../schema.js";
import { membersByGroup, remarksOf } from "../../structure.js";
import { indent, type Names } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { isDot, stateRows } from "../states.js";
import { colourClasses, directions, looseNotes } from "./common.js";
import { line, quotedLine } from "./labels.js";

/** States within states, and the transitions between them. */
export function state(graph: Graph, name: Names, warnings: string[]): string[] {
  const remark = remarksOf(graph);
  warnOfRemarks(
    graph,
    "A state diagram in Mermaid",
    ["pseudostate", "direction", "region", "colour"],
    warnings,
  );
  const dots = new Set(graph.nodes.filter(isDot).map(({ id }) => id));
  const isHeld = (about: string) => about !== "" && !dots.has(about);
  looseNotes(graph, warnings, isHeld);
  const history = graph.remarks.filter(({ value }) => value === "history" || value === "deepHistory").length;
  if (history > 0) warnings.push(`Mermaid knows no history states: ${history} are drawn as states “H”.`);
  // What stands behind a colon is a state's name where it has no other.
  const simple = ({ id, label, details }: Node) =>
    label === name(id) && details.length === 0
      ? []
      : [
          `state ${quotedLine(label || historySigns(remark(id, "pseudostate")))} as ${name(id)}`,
          ...details.map((detail) => `${name(id)} : ${line(detail, "description")}`),
        ];
  const members = membersByGroup(graph);
  const isFilled = (id: string): boolean => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return nodes.length + groups.length > 0;
  };
  const joined = new Set(graph.edges.flatMap(({ from, to }) => [from, to]));
  const rows = stateRows(graph, name, warnings, {
    state: (node) => {
      const { id, shape, label } = node;
      const bar = remark(id, "pseudostate");
      if (bar === "fork" || bar === "join") return [`state ${name(id)} <<${bar}>>`];
      if (shape === "diamond" && label.trim() === "") return [`state ${name(id)} <<choice>>`];
      const own = simple(node);
      // A state that its transitions name needs no line of its own, unless it lies in another.
      return own.length === 0 && (node.group !== "" || !joined.has(id)) ? [name(id)] : own;
    },
    composite: ({ id, label }) =>
      label === name(id) && isFilled(id) ? `state ${label}` : `state ${quotedLine(label)} as ${name(id)}`,
    inComposite: ({ id }) => {
      const way = Object.entries(directions).find(([one]) => one === remark(id, "direction"))?.[1];
      return way ? [`direction ${way}`] : [];
    },
    isRegion: ({ id }) => remark(id, "region") !== undefined,
    regionSign: "--",
    transition: ({ label }, from, to) =>
      `${from} --> ${to}${label.trim() === "" ? "" : ` : ${line(label, "transition")}`}`,
  });
  const notes = graph.notes.flatMap(({ text, about }) =>
    isHeld(about) ? [`note right of ${name(about)} : ${line(text, "note")}`] : [],
  );
  return [
    "stateDiagram-v2",
    ...indent([
      `direction ${directions[graph.direction]}`,
      ...rows,
      ...notes,
      ...colourClasses(coloursOf(graph, warnings), name),
    ]),
  ];
}

const historySigns = (kind: string | undefined): string =>
  kind === "history" ? "H" : kind === "deepHistory" ? "H*" : "";
