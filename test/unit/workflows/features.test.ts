import assert from "node:assert/strict";
import { type TargetId, targets, targetsFor } from "../../../src/workflows/diagram/emit/targets.js";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import { readerForFile } from "../../../src/workflows/diagram/read/readers.js";
import { type Graph, graphKinds, type Kind, type Remark } from "../../../src/workflows/diagram/schema.js";
import { edge, graph, group, message, node } from "../../support/diagrams.js";

/** A drawing of each kind with a place for everything that can be remarked there. */
const drawings: Partial<Record<Kind, Graph>> = {
  flowchart: graph("flowchart", "", {
    nodes: [
      node("begin", "Begin", { shape: "circle", group: "frame" }),
      node("box", "Box", { group: "frame" }),
      node("choice", "Choice", { shape: "diamond" }),
      node("between", "Between", { shape: "circle" }),
      node("finish", "Finish", { shape: "circle" }),
    ],
    groups: [group("frame", "Frame")],
    edges: [
      edge("begin", "box"),
      edge("box", "choice"),
      edge("choice", "between", "left"),
      edge("choice", "finish", "right"),
      edge("between", "finish"),
    ],
  }),
  architecture: graph("architecture", "", {
    nodes: [node("box", "Box", { group: "frame" }), node("other", "Other")],
    groups: [group("frame", "Frame")],
    edges: [edge("box", "other", "asks")],
  }),
  state: graph("state", "", {
    nodes: [
      node("dot", "", { shape: "start" }),
      node("one", "One", { group: "frame" }),
      node("two", "Two", { group: "frame" }),
      node("back", "", { group: "frame" }),
      node("left", "Left", { group: "region" }),
      node("right", "Right", { group: "otherRegion" }),
      node("bar", "", { shape: "rectangle" }),
      node("rest", "Rest"),
    ],
    groups: [
      group("frame", "Frame"),
      group("split", "Split"),
      group("region", "", "split"),
      group("otherRegion", "", "split"),
    ],
    edges: [
      edge("dot", "one"),
      edge("one", "two", "goes"),
      edge("two", "bar", "parts"),
      edge("bar", "rest"),
      edge("bar", "split"),
      edge("rest", "back", "returns"),
    ],
  }),
  sequence: graph("sequence", "", {
    nodes: [node("asker", "Asker"), node("helper", "Helper")],
    steps: [
      message("asker", "helper", "one"),
      { ...message("helper", "", "aside"), kind: "note", head: "none" },
      message("helper", "asker", "two", { line: "dashed" }),
      message("asker", "helper", "three"),
    ],
  }),
  class: graph("class", "", {
    nodes: [node("box", "Box", { group: "frame", details: ["+ size: int"] }), node("other", "Other")],
    groups: [group("frame", "Frame")],
    edges: [edge("box", "other", "asks")],
  }),
  er: graph("er", "", {
    nodes: [node("box", "Box", { details: ["id: int PK"] }), node("other", "Other")],
    edges: [edge("box", "other", "has", { startCount: "one", endCount: "zeroOrMore", endHead: "none" })],
  }),
  mindmap: graph("mindmap", "", {
    nodes: [node("box", "Box"), node("other", "Other")],
    edges: [edge("box", "other", "", { endHead: "none" })],
  }),
};

type Case = [Remark["feature"], about: string, value: string];
const events: Case[] = ["message", "timer", "conditional", "signal"].map((value) => [
  "event",
  "begin",
  value,
]);
const throwing: Case[] = ["message", "error", "escalation", "signal", "compensation", "terminate"].map(
  (value) => ["event", "finish", value],
);
const gateways: Case[] = ["exclusive", "parallel", "inclusive", "event"].map((value) => [
  "gateway",
  "choice",
  value,
]);

/** What is remarked, and which languages have a place for it: all others say that it is left out. */
const held: Partial<Record<Kind, Array<[Case[], TargetId[]]>>> = {
  flowchart: [
    [
      [...events, ...throwing, ...gateways],
      ["mermaid", "plantuml", "dot", "d2", "drawio", "excalidraw", "bpmn"],
    ],
    [[["ring", "between", "double"]], ["mermaid", "dot", "d2", "drawio", "bpmn"]],
    [[["ring", "finish", "thick"]], ["mermaid", "dot", "d2", "drawio", "excalidraw", "bpmn"]],
    [[["subroutine", "box", "yes"]], ["mermaid", "dot", "d2", "drawio", "bpmn"]],
    [
      [
        ["technology", "box", "Go 1.21"],
        ["description", "box", "Holds things"],
      ],
      ["mermaid", "plantuml", "dot", "d2", "drawio", "excalidraw"],
    ],
    [
      [
        ["colour", "box", "red"],
        ["colour", "frame", "#123456"],
      ],
      ["mermaid", "plantuml", "dot", "d2", "drawio", "excalidraw", "bpmn"],
    ],
    [
      [
        ["direction", "frame", "left"],
        ["direction", "frame", "down"],
      ],
      ["mermaid", "d2"],
    ],
  ],
  architecture: [
    [[["external", "box", "yes"]], ["mermaid", "structurizr"]],
    [[["description", "box", "Holds things"]], targetsFor("architecture")],
    // Without a system around it, a container is one itself, which is said.
    [[["technology", "box", "Go 1.21"]], targetsFor("architecture").filter((id) => id !== "structurizr")],
    [[["colour", "box", "red"]], targetsFor("architecture")],
    [[["colour", "frame", "red"]], ["mermaid", "plantuml", "dot", "d2", "drawio", "excalidraw"]],
    [[["direction", "frame", "up"]], ["mermaid", "d2"]],
  ],
  state: [
    [
      [
        ["pseudostate", "bar", "fork"],
        ["pseudostate", "bar", "join"],
      ],
      ["mermaid", "plantuml"],
    ],
    [
      [
        ["pseudostate", "back", "history"],
        ["pseudostate", "back", "deepHistory"],
      ],
      ["plantuml", "xstate"],
    ],
    [
      [
        ["colour", "rest", "red"],
        ["colour", "two", "#123456"],
      ],
      ["mermaid", "plantuml", "dot", "d2", "drawio", "excalidraw"],
    ],
    [[["direction", "frame", "right"]], ["mermaid", "d2"]],
  ],
  sequence: [
    [
      [
        ["activate", "s1", "yes"],
        ["deactivate", "s3", "yes"],
      ],
      ["mermaid", "plantuml", "d2"],
    ],
    [
      [
        ["create", "s1", "yes"],
        ["destroy", "s4", "yes"],
        ["side", "s2", "left"],
        ["side", "s2", "right"],
        ["numbered", "", "yes"],
      ],
      ["mermaid", "plantuml"],
    ],
    [[["colour", "helper", "red"]], ["plantuml", "d2", "drawio"]],
  ],
  class: [
    [[["colour", "box", "red"]], ["mermaid", "plantuml", "dot", "d2", "drawio", "excalidraw"]],
    [[["colour", "frame", "red"]], ["plantuml", "dot", "d2", "drawio", "excalidraw"]],
    [[["direction", "frame", "up"]], ["d2"]],
  ],
  er: [[[["colour", "box", "red"]], ["plantuml", "dot", "d2", "drawio", "excalidraw"]]],
  mindmap: [[[["colour", "box", "red"]], ["plantuml", "dot", "d2", "drawio", "excalidraw"]]],
};

/** What a bar's end needs: that it has begun. */
const before: Partial<Record<Remark["feature"], Remark>> = {
  deactivate: { about: "s1", feature: "activate", value: "yes" },
};

describe("what is rarely drawn", () => {
  const parser = new MermaidParser("./dist/mermaidWorker.js");
  after(() => parser.dispose());
  const tools = { readMermaid: (text: string) => parser.read(text) };

  const labelIn = ({ nodes, groups }: Graph, id: string): string =>
    [...nodes, ...groups].find((one) => one.id === id)?.label ?? id;

  for (const kind of graphKinds)
    it(`is written or said in every language for a ${kind}, and read back`, async () => {
      const drawing = drawings[kind];
      assert.ok(drawing);
      for (const [cases, holding] of held[kind] ?? [])
        for (const [feature, about, value] of cases)
          for (const id of targetsFor(kind)) {
            const what = `${kind}: ${about} ${feature} ${value} in ${id}`;
            const first = before[feature];
            const plain: Graph = { ...drawing, remarks: first ? [first] : [] };
            const remarked: Graph = { ...plain, remarks: [...plain.remarks, { about, feature, value }] };
            const [without, written] = [targets[id].emit(plain), targets[id].emit(remarked)];
            const said = written.warnings.filter((warning) => !without.warnings.includes(warning));
            assert.equal(said.length === 0, holding.includes(id), `${what}: ${said}`);
            if (!holding.includes(id)) continue;
            // Intermediate events have their rings, and what has nothing after it its own, in any case.
            if (id !== "bpmn" || feature !== "ring") assert.notEqual(written.text, without.text, what);
            const reader = readerForFile(`it.${targets[id].ending}`);
            if (!reader) continue;
            const { graph: back, warnings } = await reader.read(written.text, tools);
            assert.deepEqual(warnings, [], what);
            const words = [...back.nodes.flatMap(({ label, details }) => [label, ...details])].join("\n");
            if ((feature === "technology" || feature === "description") && words.includes(value)) continue;
            const read = back.remarks.map((one) => `${labelIn(back, one.about)} ${one.feature} ${one.value}`);
            assert.ok(
              read.includes(`${labelIn(drawing, about)} ${feature} ${value}`),
              `${what}: ${read}\n${written.text}`,
            );
          }
    });
});
