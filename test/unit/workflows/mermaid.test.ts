import assert from "node:assert/strict";
import fc from "fast-check";
import { emitMermaid } from "../../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { entities, graph, row } from "../../support/diagrams.js";
import { anyGraph } from "../../support/graphs.js";

describe("Mermaid", () => {
  it("writes the whiteboard as one would by hand", () => {
    assert.equal(
      emitMermaid(diagramAnswer).text,
      [
        "---",
        "title: Order flow, sprint 14",
        "---",
        "flowchart LR",
        '  webShop["Web shop"]',
        '  orders["Orders"]',
        '  paid{"Paid?"}',
        '  shipping["Shipping"]',
        '  reminder["Reminder"]',
        '  stockDB[("Stock DB")]',
        '  webShop -->|"order"| orders',
        "  orders --> paid",
        '  paid -->|"yes"| shipping',
        '  paid -->|"no"| reminder',
        '  orders -->|"reserve"| stockDB',
        "  reminder -.-> orders",
        "",
      ].join("\n"),
    );
  });

  it("keeps a label a label, whatever it says", () => {
    const [first, ...rest] = diagramAnswer.nodes;
    assert.ok(first);
    const { text } = emitMermaid({
      ...diagramAnswer,
      nodes: [{ ...first, label: '%%{init}%% <b>"end"</b>\nclick' }, ...rest],
    });
    assert.ok(text.includes('initBEndBClick["#37;%{init}#37;% #60;b#62;#34;end#34;#60;/b#62;<br/>click"]'));
  });

  it("says an attribute once: what its row does not say is its comment", () => {
    const { text } = emitMermaid(entities);
    assert.ok(text.includes("    int id PK\n    varchar(80) email UK\n    string name\n"), text);
  });

  it("says what a mind map cannot hold", () => {
    const { warnings } = emitMermaid({ ...diagramAnswer, kind: "mindmap" });
    assert.deepEqual(warnings, [
      "A mind map is a tree: 1 further lines are left out.",
      "The branches of a mind map have no words: those of 4 are left out.",
      "A mind map in Mermaid has no title: “Order flow, sprint 14” is left out.",
    ]);
  });

  it("leaves out a merge into a branch without commits of its own, which Mermaid refuses", () => {
    const commit = (section: string, label: string) => row(label, { role: "commit", section });
    const { text, warnings } = emitMermaid(
      graph("git", "", {
        rows: [
          commit("main", "a"),
          row("feature", { role: "branch", section: "main" }),
          commit("main", "b"),
          row("", { role: "merge", section: "feature", start: "main" }),
        ],
      }),
    );
    assert.doesNotMatch(text, /merge/);
    assert.ok(warnings.some((warning) => warning.includes("there is nothing to merge")));
  });

  describe("its parser, in a worker", () => {
    const parser = new MermaidParser("./dist/mermaidWorker.js");
    after(() => parser.dispose());

    it("accepts what is valid and says where it is not", async () => {
      assert.equal((await parser.parse(emitMermaid(diagramAnswer).text)).valid, true);
      const verdict = await parser.parse("flowchart TD\n A[[[");
      assert.match(verdict.valid ? "" : verdict.message, /Parse error on line 2/);
      assert.deepEqual(await parser.parse("mindmap\n  root"), { valid: true });
    });

    it("leaves no DOM behind in this process", () => {
      assert.equal("document" in globalThis, false);
      assert.equal("window" in globalThis, false);
    });
  });
});

describe("a graph", () => {
  it("is made consistent, and the repairs are said", () => {
    const [shop, orders] = diagramAnswer.nodes;
    const [edge] = diagramAnswer.edges;
    assert.ok(shop && orders && edge);
    const { graph, repairs } = validGraph({
      ...diagramAnswer,
      nodes: [shop, { ...orders, id: shop.id, group: "nowhere" }],
      edges: [edge, { ...edge, from: "ghost", to: shop.id }, { ...edge, from: "", to: shop.id }],
      groups: [
        { id: "a", label: "A", parent: "b" },
        { id: "b", label: "B", parent: "a" },
      ],
    });
    assert.deepEqual(
      graph.nodes.map(({ id, group }) => [id, group]),
      [
        ["shop", ""],
        ["shop-2", ""],
        ["orders", ""],
        ["ghost", ""],
      ],
    );
    assert.equal(graph.edges.length, 2);
    assert.ok(graph.groups.some(({ parent }) => parent === ""));
    assert.equal(repairs.length, 4);
  });

  it("always refers to what it holds, and closes what it opens", () => {
    fc.assert(
      fc.property(anyGraph, (answer) => {
        const { graph } = validGraph(answer);
        const ids = new Set(graph.nodes.map(({ id }) => id));
        assert.equal(ids.size, graph.nodes.length);
        for (const { id } of graph.groups) ids.add(id);
        for (const { from, to } of graph.edges) assert.ok(ids.has(from) && ids.has(to));
        let depth = 0;
        for (const { kind } of graph.steps) {
          if (kind === "open") depth++;
          if (kind === "close") depth--;
          assert.ok(depth >= 0);
        }
        assert.equal(depth, 0);
        for (const group of graph.groups) {
          let at: string | undefined = group.id;
          for (let hops = 0; at !== undefined && at !== ""; hops++) {
            assert.ok(hops < 10, "groups do not contain themselves");
            at = graph.groups.find(({ id }) => id === at)?.parent;
          }
        }
      }),
    );
  });
});
