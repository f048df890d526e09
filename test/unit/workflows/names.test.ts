import assert from "node:assert/strict";
import { idsOf } from "../../../src/workflows/diagram/emit/names.js";
import type { Graph, Remark } from "../../../src/workflows/diagram/schema.js";
import { graph, group, node } from "../../support/diagrams.js";

const namesIn = (one: Graph): string[] => {
  const name = idsOf(one, { reserved: new Set(["begin"]), style: "camel" });
  return [...one.nodes, ...one.groups].map(({ id }) => name(id));
};
const remark = (about: string, feature: Remark["feature"], value: string): Remark => ({
  about,
  feature,
  value,
});

describe("a name in a text", () => {
  it("is made of a label's words, whatever letters they are written in", () => {
    const nodes = ["Größe messen", "Заказ получен", "Order received"].map((label) => node(label, label));
    assert.deepEqual(namesIn(graph("flowchart", "", { nodes })), [
      "grosseMessen",
      "zakazPoluchen",
      "orderReceived",
    ]);
  });

  it("is what a thing is where its label gives none", () => {
    const one = graph("flowchart", "", {
      nodes: [
        node("a", "", { shape: "start" }),
        node("b", "在庫?", { shape: "diamond" }),
        node("c", "×", { shape: "diamond" }),
        node("d", "3 days", { shape: "circle" }),
        node("e", "注文"),
        node("f", "出荷"),
        node("g", "", { shape: "end" }),
      ],
      groups: [group("h", "倉庫")],
      remarks: [remark("c", "gateway", "exclusive"), remark("d", "event", "timer")],
    });
    assert.deepEqual(namesIn(one), [
      "begin_",
      "decision",
      "gateway",
      "timerEvent",
      "step",
      "step2",
      "finish",
      "area",
    ]);
  });

  it("leaves the plain name to what is called so in the drawing", () => {
    const nodes = [node("a", "", { shape: "diamond" }), node("b", "Decision")];
    assert.deepEqual(namesIn(graph("flowchart", "", { nodes })), ["decision2", "decision"]);
  });
});
