import assert from "node:assert/strict";
import { score } from "../bench/diagrams/score.js";
import { diagramAnswer } from "../support/cannedAnswers.js";
import { edge, graph, message, node, payment, row } from "../support/diagrams.js";
import { knownGraphs } from "../support/knownGraphs.js";

const near = (actual: number, wanted: number) =>
  assert.ok(Math.abs(actual - wanted) < 0.005, `${actual}, not ${wanted}`);

describe("the scorer of diagrams", () => {
  const truth = graph("flowchart", "", {
    nodes: [node("a", "Orders"), node("b", "Billing"), node("c", "Stock"), node("d", "Mail")],
    edges: [edge("a", "b", "sends"), edge("b", "c"), edge("c", "d"), edge("a", "d")],
  });

  it("gives everything to what is right, whatever the ids", () => {
    for (const known of [truth, diagramAnswer, payment, ...knownGraphs]) {
      const { isKind, nodes, edges } = score(known, known);
      assert.deepEqual([isKind, nodes.f1, edges.f1], [true, 1, 1], known.kind);
    }
    const renamed = {
      ...truth,
      nodes: truth.nodes.map((one) => ({ ...one, id: `x${one.id}` })).reverse(),
      edges: truth.edges.map((one) => ({ ...one, from: `x${one.from}`, to: `x${one.to}` })),
    };
    assert.equal(score(truth, renamed).edges.f1, 1);
  });

  it("takes half a line for a label that is missed, and all of it for a wrong direction", () => {
    const [first, ...others] = truth.edges;
    assert.ok(first);
    near(score(truth, { ...truth, edges: [{ ...first, label: "" }, ...others] }).edges.f1, 3.5 / 4);
    near(score(truth, { ...truth, edges: [{ ...first, from: "b", to: "a" }, ...others] }).edges.f1, 3 / 4);
  });

  it("counts what is missed and what is invented", () => {
    const missed = score(truth, { ...truth, nodes: truth.nodes.slice(0, 3), edges: truth.edges.slice(0, 2) });
    assert.deepEqual([missed.nodes.precision, missed.nodes.recall], [1, 0.75]);
    assert.deepEqual([missed.edges.precision, missed.edges.recall], [1, 0.5]);
    const invented = score(truth, { ...truth, nodes: [...truth.nodes, node("e", "Xyzzy")] });
    assert.deepEqual([invented.nodes.precision, invented.nodes.recall], [0.8, 1]);
  });

  it("counts a label by how much of it is right, and not at all when it is another", () => {
    const read = (label: string) =>
      score(truth, { ...truth, nodes: [...truth.nodes.slice(0, 3), node("d", label)] });
    near(read("Mall").nodes.f1, 3.75 / 4);
    near(read("Xyzzy").nodes.f1, 3 / 4);
    // A line to a node that was not found joins nothing.
    near(read("Xyzzy").edges.f1, 2 / 4);
  });

  it("takes messages for lines and rows for nodes", () => {
    const reversed = { ...payment, steps: [message("bank", "shop", "order"), ...payment.steps.slice(1)] };
    const messages = payment.steps.filter(({ kind }) => kind === "message").length;
    near(score(payment, reversed).edges.f1, (messages - 1) / messages);
    const pie = graph("pie", "", { rows: [row("Mail", { start: "40" }), row("Stock", { start: "60" })] });
    near(score(pie, { ...pie, rows: pie.rows.slice(1) }).nodes.recall, 1 / 2);
  });

  it("has nothing to divide by where nothing is", () => {
    const empty = graph("flowchart", "");
    assert.deepEqual(score(empty, empty).edges, { precision: 1, recall: 1, f1: 1 });
    assert.equal(score(truth, empty).nodes.f1, 0);
    assert.equal(score(empty, truth).nodes.f1, 0);
  });
});
