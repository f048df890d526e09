import assert from "node:assert/strict";
import fc from "fast-check";
import { type Flow, flowOf } from "../../../src/workflows/diagram/emit/code/flow.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { edge, graph, node } from "../../support/diagrams.js";

/** The longest run that is compared. */
const longest = 60;

/** What happens when each question is answered as told, step by step, and whether it comes to an end. */
function walked(chart: Graph, answers: readonly boolean[]): string[] {
  const led = new Set(chart.edges.map(({ to }) => to));
  let at = chart.nodes.find(({ id }) => !led.has(id))?.id;
  const trace: string[] = [];
  for (let asked = 0; at !== undefined && trace.length < longest; ) {
    const out = chart.edges.filter(({ from }) => from === at);
    trace.push(at);
    const wanted: string =
      out.length > 1 ? (answers[asked++ % answers.length] ? "yes" : "no") : (out[0]?.label ?? "");
    at = out.find(({ label }) => label === wanted)?.to;
  }
  return trace;
}

/** The same of the structured program. */
function run(flow: readonly Flow[], answers: readonly boolean[]): string[] {
  const trace: string[] = [];
  let asked = 0;
  const block = (all: readonly Flow[]): "on" | "break" | "continue" | "return" => {
    for (const one of all) {
      if (trace.length >= longest) return "return";
      if (one.kind === "step") trace.push(one.node.id);
      else if (one.kind === "decision") {
        trace.push(one.node.id);
        const wanted = answers[asked++ % answers.length] ? "yes" : "no";
        const end = block(one.ways.find(({ words }) => words === wanted)?.body ?? []);
        if (end !== "on") return end;
      } else if (one.kind === "loop") {
        for (let end = block(one.body); end !== "break"; end = block(one.body))
          if (end === "return") return end;
      } else return one.kind;
    }
    return "on";
  };
  block(flow);
  return trace;
}

/** Charts of steps and decisions in which anything may lead anywhere but to the start. */
const anyChart = fc
  .array(fc.record({ isDecision: fc.boolean(), yes: fc.nat(20), no: fc.nat(20) }), {
    minLength: 2,
    maxLength: 7,
  })
  .map((parts) => {
    const last = parts.length;
    const target = (number: number) => `n${1 + (number % last)}`;
    return graph("flowchart", "", {
      nodes: [
        ...parts.map(({ isDecision }, index) =>
          node(`n${index}`, "", { shape: isDecision ? "diamond" : "rectangle" }),
        ),
        node(`n${last}`, ""),
      ],
      edges: parts.flatMap(({ isDecision, yes, no }, index) =>
        isDecision
          ? [edge(`n${index}`, target(yes), "yes"), edge(`n${index}`, target(no), "no")]
          : [edge(`n${index}`, target(yes))],
      ),
    });
  });

describe("a flowchart as a structured program (D12)", () => {
  it("does what the chart says, whatever is answered", () => {
    let structured = 0;
    fc.assert(
      fc.property(anyChart, fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), (chart, answers) => {
        const flow = flowOf(chart, chart.edges);
        if (!flow) return;
        structured++;
        assert.deepEqual(run(flow, answers).slice(0, longest), walked(chart, answers).slice(0, longest));
      }),
      { numRuns: 4000 },
    );
    assert.ok(structured > 200, `${structured} of 4000`);
  });

  it("is none where a loop has two entrances, or a step two ways on", () => {
    const nodes = ["a", "b", "c", "d"].map((id) =>
      node(id, id, { shape: id === "a" || id === "c" ? "diamond" : "rectangle" }),
    );
    const twoEntrances = [
      edge("a", "b", "yes"),
      edge("a", "c", "no"),
      edge("b", "c"),
      edge("c", "b", "yes"),
      edge("c", "d", "no"),
    ];
    assert.equal(flowOf(graph("flowchart", "", { nodes, edges: twoEntrances }), twoEntrances), undefined);
    const fork = [edge("b", "c"), edge("b", "d")];
    assert.equal(flowOf(graph("flowchart", "", { nodes: nodes.slice(1), edges: fork }), fork), undefined);
  });
});
