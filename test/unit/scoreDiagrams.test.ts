import assert from "node:assert/strict";
import type { Graph } from "../../src/workflows/diagram/schema.js";
import type { Rates } from "../bench/diagrams/score/rates.js";
import { aspects, score } from "../bench/diagrams/score/score.js";
import { diagramAnswer } from "../support/cannedAnswers.js";
import { classes, edge, entities, graph, group, message, node, payment, row } from "../support/diagrams.js";
import { knownGraphs } from "../support/knownGraphs.js";

const near = (actual: number | undefined, wanted: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - wanted) < 0.005, `${actual}, not ${wanted}`);

const isWhole = (rates: Rates | undefined): boolean => rates === undefined || rates.f1 === 1;

/** Which aspects of a graph are less than whole when it was read so. */
const faults = (truth: Graph, read: Graph): string[] => {
  const found = score(truth, read);
  return aspects.filter((aspect) => !isWhole(found[aspect]));
};

describe("the scorer of diagrams", () => {
  const truth = graph("flowchart", "", {
    nodes: [node("a", "Orders"), node("b", "Billing"), node("c", "Stock"), node("d", "Mail")],
    edges: [edge("a", "b", "sends"), edge("b", "c"), edge("c", "d"), edge("a", "d")],
  });

  it("gives everything to what is right, whatever the ids and the lists' order", () => {
    for (const known of [truth, diagramAnswer, payment, classes, entities, ...knownGraphs])
      assert.deepEqual(faults(known, known), [], known.kind);
    const renamed = {
      ...truth,
      nodes: truth.nodes.map((one) => ({ ...one, id: `x${one.id}` })).reverse(),
      edges: truth.edges.map((one) => ({ ...one, from: `x${one.from}`, to: `x${one.to}` })).reverse(),
    };
    assert.deepEqual(faults(truth, renamed), []);
  });

  it("counts what is missed and what is invented", () => {
    const missed = score(truth, { ...truth, nodes: truth.nodes.slice(0, 3), edges: truth.edges.slice(0, 2) });
    assert.deepEqual([missed.nodes?.precision, missed.nodes?.recall], [1, 0.75]);
    assert.deepEqual([missed.edges?.precision, missed.edges?.recall], [1, 0.5]);
    const invented = score(truth, { ...truth, nodes: [...truth.nodes, node("e", "Xyzzy")] });
    assert.deepEqual([invented.nodes?.precision, invented.nodes?.recall], [0.8, 1]);
    const empty = graph("flowchart", "");
    assert.equal(score(empty, empty).edges, undefined);
    assert.equal(score(truth, empty).nodes?.f1, 0);
    assert.equal(score(empty, truth).nodes?.f1, 0);
  });

  it("counts a label by how much of it is right, and not at all when it is another", () => {
    const read = (label: string) =>
      score(truth, { ...truth, nodes: [...truth.nodes.slice(0, 3), node("d", label)] });
    near(read("Mall").nodes?.f1, 3.75 / 4);
    near(read("Xyzzy").nodes?.f1, 3 / 4);
    // A line to a node that was not found joins nothing.
    near(read("Xyzzy").edges?.f1, 2 / 4);
  });

  describe("is not blind to", () => {
    const [first, ...others] = truth.edges;
    const withFirst = (change: Partial<Graph["edges"][number]>): Graph => ({
      ...truth,
      edges: first ? [{ ...first, ...change }, ...others] : [],
    });
    const steps = (change: (step: Graph["steps"][number], index: number) => Graph["steps"]): Graph => ({
      ...payment,
      steps: payment.steps.flatMap(change),
    });
    const framed: Graph = {
      ...truth,
      title: "How we ship",
      groups: [group("g", "Office")],
      nodes: truth.nodes.map((one, index) => (index < 2 ? { ...one, group: "g" } : one)),
      notes: [{ text: "Ask Ines", about: "" }],
      remarks: [{ about: "a", feature: "colour", value: "red" }],
    };
    const cases: Array<[what: string, truth: Graph, read: Graph, aspects: string[]]> = [
      [
        "lost shapes",
        { ...truth, nodes: truth.nodes.map((one) => ({ ...one, shape: "diamond" })) },
        truth,
        ["kinds"],
      ],
      ["a lost head", truth, withFirst({ endHead: "none" }), ["edges", "kinds"]],
      ["a head that is another", classes, exchanged(classes, "triangle", "arrow"), ["kinds"]],
      ["a line that points the other way", truth, withFirst({ from: "b", to: "a" }), ["edges", "kinds"]],
      ["a dashed line", truth, withFirst({ line: "dashed" }), ["kinds"]],
      ["a lost label", truth, withFirst({ label: "" }), ["labels"]],
      ["lost members of classes", classes, withoutDetails(classes), ["attributes"]],
      ["lost attributes of entities", entities, withoutDetails(entities), ["attributes"]],
      [
        "multiplicities",
        entities,
        { ...entities, edges: entities.edges.map((one) => ({ ...one, endCount: "one" as const })) },
        ["attributes"],
      ],
      [
        "lost fragments",
        payment,
        steps((step) => (step.kind === "message" ? [step] : [])),
        ["edges", "labels", "kinds"],
      ],
      [
        "a message that goes the other way",
        payment,
        steps((step, index) => (index === 0 ? [{ ...step, from: step.to, to: step.from }] : [step])),
        ["edges"],
      ],
      ["replies made calls", payment, steps((step) => [{ ...step, line: "solid" }]), ["kinds"]],
      [
        "messages in another order",
        payment,
        {
          ...payment,
          steps: [...payment.steps.slice(1, 2), ...payment.steps.slice(0, 1), ...payment.steps.slice(2)],
        },
        ["order"],
      ],
      ["a lost frame", framed, { ...framed, groups: [], nodes: truth.nodes }, ["nodes", "attributes"]],
      ["a node outside of its frame", framed, { ...framed, nodes: truth.nodes }, ["attributes"]],
      ["a lost note", framed, { ...framed, notes: [] }, ["labels"]],
      ["a lost title", framed, { ...framed, title: "" }, ["labels"]],
      ["a lost remark", framed, { ...framed, remarks: [] }, ["attributes"]],
      [
        "a lost value of a chart",
        graph("pie", "", { rows: [row("Mail", { start: "40" })] }),
        graph("pie", "", { rows: [row("Mail")] }),
        ["attributes"],
      ],
      ["nodes that change places", placed(truth, [0, 1, 2, 3]), placed(truth, [3, 2, 1, 0]), ["layout"]],
    ];
    for (const [what, right, read, wanted] of cases)
      it(what, () => assert.deepEqual(faults(right, read), wanted));
  });

  describe("is fair to", () => {
    it("a relation written from its other end", () => {
      const turned: Graph = {
        ...classes,
        edges: classes.edges.map((one) => ({
          ...one,
          from: one.to,
          to: one.from,
          startHead: one.endHead,
          endHead: one.startHead,
          startCount: one.endCount,
          endCount: one.startCount,
        })),
      };
      assert.deepEqual(faults(classes, turned), []);
    });

    it("lines without heads, whichever end comes first", () => {
      const plain = { ...truth, edges: truth.edges.map((one) => ({ ...one, endHead: "none" as const })) };
      const turned = { ...plain, edges: plain.edges.map((one) => ({ ...one, from: one.to, to: one.from })) };
      assert.deepEqual(faults(plain, turned), []);
    });

    it("equal labels in another order, by their neighbours", () => {
      const twins = graph("flowchart", "", {
        nodes: [
          node("a", "Start"),
          node("b", "Wait"),
          node("c", "Pay"),
          node("d", "Wait"),
          node("e", "Ship"),
        ],
        edges: [edge("a", "b"), edge("b", "c"), edge("c", "d"), edge("d", "e")],
      });
      assert.deepEqual(faults(twins, { ...twins, nodes: twins.nodes.toReversed() }), []);
    });

    it("dots without a label in another order, by their neighbours and places", () => {
      const dots = placed(
        graph("state", "", {
          nodes: [node("s", "", { shape: "start" }), node("a", "Open"), node("t", "", { shape: "end" })],
          edges: [edge("s", "a"), edge("a", "t")],
        }),
        [0, 1, 2],
      );
      assert.deepEqual(faults(dots, { ...dots, nodes: dots.nodes.toReversed() }), []);
    });

    it("two lines between the same nodes, listed in either order", () => {
      const both = { ...truth, edges: [edge("a", "b", "ask"), edge("b", "a", "answer")] };
      assert.deepEqual(faults(both, { ...both, edges: both.edges.toReversed() }), []);
    });
  });

  it("takes a message that is lost for a line that is missed", () => {
    const count = payment.steps.length;
    near(score(payment, { ...payment, steps: payment.steps.slice(1) }).edges?.recall, (count - 1) / count);
    const more = { ...payment, steps: [...payment.steps, message("bank", "customer", "a letter")] };
    near(score(payment, more).edges?.precision, count / (count + 1));
  });
});

function exchanged(from: Graph, head: "triangle", other: "arrow"): Graph {
  return {
    ...from,
    edges: from.edges.map((one) => (one.endHead === head ? { ...one, endHead: other } : one)),
  };
}

function withoutDetails(from: Graph): Graph {
  return { ...from, nodes: from.nodes.map((one) => ({ ...one, details: [] })) };
}

/** The graph with its nodes in a row, in this order. */
function placed(from: Graph, order: number[]): Graph {
  const nodes = from.nodes.map((one, index) => ({
    ...one,
    place: { part: 1, x: (order[index] ?? 0) * 200, y: 0, width: 100, height: 50 },
  }));
  return { ...from, nodes };
}
