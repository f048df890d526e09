import type { Graph, Group, Node, Step } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { looseNotes } from "./common.js";
import { line, lines } from "./labels.js";

const sequenceArrows: Record<Step["line"], Record<Step["head"], string>> = {
  solid: { arrow: "->>", open: "-)", cross: "-x", none: "->" },
  dashed: { arrow: "-->>", open: "--)", cross: "--x", none: "-->" },
};

export function sequence(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, (about) => about !== "");
  if (graph.edges.length > 0)
    losses.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  // A participant can stand in one box only, and boxes cannot be nested.
  const outermost = (id: string): string => {
    const parent = graph.groups.find((group) => group.id === id)?.parent ?? "";
    return parent === "" ? id : outermost(parent);
  };
  const participant = ({ id, label: text, shape }: Node) =>
    `${shape === "actor" ? "actor" : "participant"} ${name(id)} as ${lines(text)}`;
  const inBox = (group: Group) =>
    graph.nodes.filter((node) => node.group !== "" && outermost(node.group) === group.id);
  const boxes = graph.groups.filter((group) => group.parent === "" && inBox(group).length > 0);
  if (graph.groups.length > boxes.length) losses.push("Boxes within boxes, and empty ones, are left out.");
  let depth = 0;
  const steps = graph.steps.map((step) => {
    if (step.kind === "close" || step.kind === "else") depth--;
    const text = `${"  ".repeat(depth)}${sequenceStep(step, name)}`;
    if (step.kind === "open" || step.kind === "else") depth++;
    return text;
  });
  return [
    "sequenceDiagram",
    ...indent([
      ...boxes.flatMap((group) => [
        `box transparent ${line(group.label)}`,
        ...indent(inBox(group).map(participant)),
        "end",
      ]),
      ...graph.nodes.filter(({ group }) => group === "").map(participant),
      ...steps,
      ...graph.notes.flatMap(({ text, about }) =>
        about === "" ? [] : [`Note over ${name(about)}: ${lines(text)}`],
      ),
    ]),
  ];
}

function sequenceStep(step: Step, name: Names): string {
  switch (step.kind) {
    case "message":
      return `${name(step.from)}${sequenceArrows[step.line][step.head]}${name(step.to)}: ${lines(step.text)}`;
    case "note":
      return `Note over ${name(step.from)}${step.to === "" || step.to === step.from ? "" : `,${name(step.to)}`}: ${lines(step.text)}`;
    case "open":
      return `${step.fragment} ${line(step.text)}`;
    case "else":
      return `${step.fragment === "par" ? "and" : "else"} ${line(step.text)}`;
    case "close":
      return "end";
  }
}
