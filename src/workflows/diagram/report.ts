import type { OwnReport, Seen } from "../workflow.js";
import { emitMermaid } from "./emit/mermaid/mermaid.js";
import type { ValidGraph } from "./graph.js";

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

export function diagramReport({ graph, repairs }: ValidGraph, { picture }: Seen): OwnReport {
  const { text, losses } = emitMermaid(graph);
  const unsure = [
    ...graph.nodes.filter(({ confidence }) => confidence === "low").map(({ label }) => `the node “${label}”`),
    ...graph.edges.filter(({ confidence }) => confidence === "low").map(({ label }) => `the line “${label}”`),
  ];
  const lines =
    graph.kind === "sequence" ? graph.steps.filter(({ kind }) => kind === "message") : graph.edges;
  return {
    workflow: "diagram",
    title: graph.title.trim() === "" ? `Diagram in ${picture.name}` : graph.title,
    summary: `A ${graph.kind} diagram with ${counted(graph.nodes.length, "node")} and ${counted(lines.length, graph.kind === "sequence" ? "message" : "line")}.`,
    findings: [],
    fields: [],
    documents: [{ title: "Mermaid", language: "mermaid", text }],
    notJudged: graph.unreadable.map(({ where }) => `Could not be read: ${where}`),
    notes: [
      ...picture.notes,
      ...(unsure.length > 0 ? [`Unsure: ${unsure.join(", ")}.`] : []),
      ...repairs,
      ...losses,
    ],
  };
}
