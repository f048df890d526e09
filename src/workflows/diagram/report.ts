import type { OwnReport, PreparedInputs } from "../workflow.js";
import { emitMermaid } from "./emit/mermaid/mermaid.js";
import type { ValidGraph } from "./graph.js";
import { chartKinds, type Graph } from "./schema.js";

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

export function diagramReport({ graph, repairs }: ValidGraph, [{ picture }]: PreparedInputs): OwnReport {
  const { text, warnings } = emitMermaid(graph);
  const unsure = [
    ...graph.nodes.filter(({ confidence }) => confidence === "low").map(({ label }) => `the node “${label}”`),
    ...graph.edges.filter(({ confidence }) => confidence === "low").map(({ label }) => `the line “${label}”`),
  ];
  return {
    workflow: "diagram",
    title: graph.title.trim() === "" ? `Diagram in ${picture.name}` : graph.title,
    summary: summaryOf(graph),
    findings: [],
    fields: [],
    documents: [{ title: "Mermaid", language: "mermaid", ending: "mmd", text }],
    unsure: unsure.length + graph.unreadable.length,
    notJudged: graph.unreadable.map(({ where }) => `Could not be read: ${where}`),
    notes: [
      ...picture.notes,
      ...(unsure.length > 0 ? [`Unsure: ${unsure.join(", ")}.`] : []),
      ...repairs,
      ...warnings,
    ],
  };
}

function summaryOf({ kind, nodes, edges, steps, rows }: Graph): string {
  const isChart = chartKinds.some((chart) => chart === kind);
  if (isChart) return `A ${kind} chart with ${counted(rows.length, "row")}.`;
  const lines =
    kind === "sequence"
      ? counted(steps.filter((step) => step.kind === "message").length, "message")
      : counted(edges.length, "line");
  const article = /^[aeiou]/.test(kind) ? "An" : "A";
  return `${article} ${kind} diagram with ${counted(nodes.length, "node")} and ${lines}.`;
}
