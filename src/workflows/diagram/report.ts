import type { OwnReport, PreparedInputs } from "../workflow.js";
import type { EvaluatedDiagram } from "./diagram.js";
import { emitMermaid } from "./emit/mermaid/mermaid.js";
import { missingIn } from "./evidence.js";
import { chartKinds, type Graph } from "./schema.js";

const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

export function diagramReport(
  { graph, repairs, evidence }: EvaluatedDiagram,
  [{ picture }]: PreparedInputs,
): OwnReport {
  const { text, warnings } = emitMermaid(graph);
  const unsure = [
    ...graph.nodes.filter(({ confidence }) => confidence === "low").map(({ label }) => `the node “${label}”`),
    ...graph.edges.filter(({ confidence }) => confidence === "low").map(({ label }) => `the line “${label}”`),
  ];
  const labels = new Map([...graph.nodes, ...graph.groups].map(({ id, label }) => [id, label]));
  const denied = [
    ...graph.nodes.map(({ label }, index) => ({ what: `the node “${label}”`, ...evidence?.nodes[index] })),
    ...graph.edges.map(({ from, to }, index) => ({
      what: `the line from “${labels.get(from) ?? ""}” to “${labels.get(to) ?? ""}”`,
      ...evidence?.edges[index],
    })),
  ].filter((one) => one.evidence === "contradicted");
  const missing = evidence ? missingIn(graph, evidence, picture) : [];
  return {
    workflow: "diagram",
    title: graph.title.trim() === "" ? `Diagram in ${picture.name}` : graph.title,
    summary: summaryOf(graph),
    findings: [],
    fields: [],
    documents: [{ title: "Mermaid", language: "mermaid", ending: "mmd", text }],
    unsure: unsure.length + graph.unreadable.length + denied.length,
    notJudged: graph.unreadable.map(({ where }) => `Could not be read: ${where}`),
    notes: [
      ...picture.notes,
      ...denied.map(({ what, measured = "" }) => `The picture does not bear out ${what}: ${measured}`),
      ...missing.map(({ words }) => `Perhaps missing: ${words}.`),
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
