import type { Graph, Group, Node, Step } from "../../schema.js";
import { remarksOf } from "../../structure.js";
import { indent, type Names } from "../names.js";
import { warnOfRemarks } from "../remarks.js";
import { looseNotes } from "./common.js";
import { line, lines } from "./labels.js";

const sequenceArrows: Record<Step["line"], Record<Step["head"], string>> = {
  solid: { arrow: "->>", open: "-)", cross: "-x", none: "->" },
  dashed: { arrow: "-->>", open: "--)", cross: "--x", none: "-->" },
};

/** Participants, and what happens between them in the order of time. */
export function sequence(graph: Graph, name: Names, warnings: string[]): string[] {
  const held = ["activate", "deactivate", "create", "destroy", "side", "numbered"] as const;
  warnOfRemarks(graph, "A sequence in Mermaid", held, warnings);
  looseNotes(graph, warnings, (about) => graph.nodes.some(({ id }) => id === about));
  if (graph.edges.length > 0)
    warnings.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  // A participant can stand in one box only, and boxes cannot be nested.
  const outermost = (id: string): string => {
    const parent = graph.groups.find((group) => group.id === id)?.parent ?? "";
    return parent === "" ? id : outermost(parent);
  };
  const lives = livesOf(graph, warnings);
  const declared = graph.nodes.filter(({ id }) => !lives.created.has(id));
  const inBox = (group: Group) =>
    declared.filter((node) => node.group !== "" && outermost(node.group) === group.id);
  const boxes = graph.groups.filter((group) => group.parent === "" && inBox(group).length > 0);
  if (graph.groups.length > boxes.length) warnings.push("Boxes within boxes, and empty ones, are left out.");
  return [
    "sequenceDiagram",
    ...indent([
      ...(remarksOf(graph)("", "numbered") ? ["autonumber"] : []),
      ...boxes.flatMap((group) => [
        `box transparent ${line(group.label, "heading")}`,
        ...indent(inBox(group).map((node) => participant(node, name))),
        "end",
      ]),
      ...declared.filter(({ group }) => group === "").map((node) => participant(node, name)),
      ...stepRows(graph, name, lives),
      ...graph.notes.flatMap(({ text, about }) =>
        graph.nodes.some(({ id }) => id === about)
          ? [`Note over ${name(about)}: ${lines(text, "sequence")}`]
          : [],
      ),
    ]),
  ];
}

function participant({ id, label, shape }: Node, name: Names): string {
  const word = shape === "actor" ? "actor" : "participant";
  return label === name(id) ? `${word} ${label}` : `${word} ${name(id)} as ${lines(label, "sequence")}`;
}

/** Who begins or ends in the course of a sequence: the numbers of steps by the participants' ids. */
interface Lives {
  created: Map<string, number>;
  destroyed: Map<string, number>;
}

/** Mermaid refuses a participant that is used before it is created or after it is destroyed. */
function livesOf(graph: Graph, warnings: string[]): Lives {
  const remark = remarksOf(graph);
  const lives: Lives = { created: new Map(), destroyed: new Map() };
  const uses = (step: Step | undefined, id: string) => step?.from === id || step?.to === id;
  for (const [index, { kind, from, to }] of graph.steps.entries()) {
    const isOther = kind === "message" && from !== to;
    if (remark(`s${index + 1}`, "create")) {
      const isFirst = !graph.steps.slice(0, index).some((step) => uses(step, to));
      const isFree = graph.nodes.some(({ id, group }) => id === to && group === "");
      if (isOther && isFirst && isFree) lives.created.set(to, index);
      else warnings.push("A participant that is created by a message is drawn at the top.");
    }
    if (remark(`s${index + 1}`, "destroy")) {
      const isLast = !graph.steps.slice(index + 1).some((step) => uses(step, to));
      if (isOther && isLast && !graph.notes.some(({ about }) => about === to)) lives.destroyed.set(to, index);
      else warnings.push("The end of a participant's life is left out.");
    }
  }
  return lives;
}

function stepRows(graph: Graph, name: Names, { created, destroyed }: Lives): string[] {
  const remark = remarksOf(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  /** How many bars stand on each lifeline: Mermaid refuses to end one that has not begun. */
  const bars = new Map<string, number>();
  let depth = 0;
  return graph.steps.flatMap((step, index) => {
    if (step.kind === "close" || step.kind === "else") depth--;
    const about = `s${index + 1}`;
    const before = [
      ...[step.to].flatMap((id) => {
        const node = created.get(id) === index ? nodes.get(id) : undefined;
        return node ? [`create ${participant(node, name)}`] : [];
      }),
      ...(destroyed.get(step.to) === index ? [`destroy ${name(step.to)}`] : []),
    ];
    let sign = "";
    if (step.kind === "message" && remark(about, "activate")) {
      sign = "+";
      bars.set(step.to, (bars.get(step.to) ?? 0) + 1);
    } else if (step.kind === "message" && remark(about, "deactivate") && (bars.get(step.from) ?? 0) > 0) {
      sign = "-";
      bars.set(step.from, (bars.get(step.from) ?? 0) - 1);
    }
    const rows = [...before, stepRow(step, name, sign, remark(about, "side"))];
    const text = rows.map((row) => `${"  ".repeat(depth)}${row}`);
    if (step.kind === "open" || step.kind === "else") depth++;
    return text;
  });
}

const branches: Partial<Record<Step["fragment"], string>> = { par: "and", critical: "option" };

function stepRow(step: Step, name: Names, sign: string, side: string | undefined): string {
  const words = () => lines(step.text, "sequence");
  switch (step.kind) {
    case "message":
      return `${name(step.from)}${sequenceArrows[step.line][step.head]}${sign}${name(step.to)}: ${words()}`;
    case "note": {
      const isWide = step.to !== "" && step.to !== step.from;
      const place = side !== undefined && !isWide ? `${side} of` : "over";
      return `Note ${place} ${name(step.from)}${isWide ? `,${name(step.to)}` : ""}: ${words()}`;
    }
    case "open":
      return `${step.fragment} ${line(step.text, "sequence")}`;
    case "else":
      return `${branches[step.fragment] ?? "else"} ${line(step.text, "sequence")}`;
    case "close":
      return "end";
  }
}
