import assert from "node:assert/strict";
import fc from "fast-check";
import { flowOf } from "../../../src/workflows/diagram/emit/code/flow.js";
import { emitPython } from "../../../src/workflows/diagram/emit/code/python.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { edgesOfNodes } from "../../../src/workflows/diagram/structure.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { classes, generics, payment } from "../../support/diagrams.js";
import { assertCalled } from "../../support/expect.js";
import { graphsOf, letters } from "../../support/graphs.js";
import { runPython } from "../../support/python.js";
import { ruffObjections } from "../../support/ruff.js";

interface ReadBack {
  classes: number;
  functions: string[];
  calls: string[];
  imports: string[];
  error: string | null;
}

/** Parses and runs each text: what is declared is checked, and nothing is called. */
const reader = `
import ast, json
out = []
for text in json.loads(data):
    try:
        tree = ast.parse(text)
        exec(compile(tree, "stub", "exec"), {})
        nodes = list(ast.walk(tree))
        calls = [n for n in nodes if isinstance(n, ast.Call) and ast.unparse(n.func) not in ("decide", "NotImplementedError")]
        out.append(dict(
            classes=sum(isinstance(n, ast.ClassDef) for n in nodes),
            functions=[n.name for n in tree.body if isinstance(n, ast.FunctionDef)],
            calls=[ast.unparse(n.func) for n in calls],
            imports=[ast.unparse(n) for n in nodes if isinstance(n, (ast.Import, ast.ImportFrom))],
            error=None))
    except Exception as error:
        out.append(dict(classes=0, functions=[], calls=[], imports=[], error=repr(error)))
json.dumps(out)
`;

const readBack = async (texts: string[]): Promise<ReadBack[]> =>
  JSON.parse(await runPython(reader, JSON.stringify(texts)));

describe("Python, read back by its own parser", () => {
  it("writes classes with what they inherit, hold and promise", async () => {
    const { text } = emitPython(classes);
    assert.equal(
      text,
      [
        "from __future__ import annotations",
        "",
        "from abc import ABC, abstractmethod",
        "from dataclasses import dataclass",
        "from datetime import datetime",
        "from enum import Enum",
        "",
        "",
        "class Money:",
        '    """Named in the diagram, and not drawn."""',
        "",
        "",
        "class Payable(ABC):",
        "    amount: float",
        "",
        "    @abstractmethod",
        "    def pay(self, by: datetime) -> bool:",
        '        raise NotImplementedError("pay")',
        "",
        "",
        "@dataclass",
        "class Document(ABC):",
        "    _id: str",
        "",
        "    @abstractmethod",
        "    def print(self) -> None:",
        '        raise NotImplementedError("print")',
        "",
        "",
        "@dataclass",
        "class Invoice(Document, Payable):",
        "    # “+ total: decimal(10,2)”",
        "    total: float",
        "    _note: str",
        "    lines: list[InvoiceLine]",
        "    currency: Currency",
        "    amount: float",
        "",
        "    def print(self) -> None:",
        '        raise NotImplementedError("print")',
        "",
        "    def pay(self, by: datetime) -> bool:",
        '        raise NotImplementedError("pay")',
        "",
        "",
        "@dataclass",
        "class InvoiceLine:",
        "    price: Money",
        "",
        "",
        "class Currency(Enum):",
        '    EUR = "EUR"',
        '    USD = "USD"',
        "",
      ].join("\n"),
    );
    assert.equal((await readBack([text]))[0]?.error, null);
  });

  it("keeps type parameters, and says object where a class does not fill them in", () => {
    const { text } = emitPython(generics);
    assert.deepEqual(ruffObjections(text), []);
    assert.deepEqual(text.match(/^(?:class|\w = ).*/gm), [
      'T = TypeVar("T")',
      'K = TypeVar("K")',
      "class BatchT:",
      "class Repository(ABC, Generic[T, K]):",
      "class Page(Generic[T]):",
      "class WidePage(Page[object]):",
      "class OrderRepository(Repository[object, object]):",
      "class Order:",
      "class Desk(Generic[T]):",
    ]);
    assert.match(text, /^ {4}all: Repository\[Order, str\]\n {4}latest: Page\[T\]$/m);
  });

  it("writes flowcharts and sequences as functions that call and decide", () => {
    assert.ok(
      emitPython(diagramAnswer).text.includes(
        [
          "def order_flow_sprint_14() -> None:",
          '    """“Order flow, sprint 14”"""',
          "    web_shop()",
          "    # “order”",
          "    while True:",
          "        orders()",
          "        stock_db()  # “reserve”",
          "        if paid():",
          "            break",
          "        reminder()",
          "    shipping()",
        ].join("\n"),
      ),
      emitPython(diagramAnswer).text,
    );
    assert.ok(
      emitPython(payment).text.includes(
        [
          '    while decide("three times"):',
          "        bank.charge()  # “from Shop”",
          "        # “Bank → Shop: accepted”",
          '    if decide("accepted"):',
          "        # “Shop → Customer: thanks”",
          "        pass",
          "    else:",
          "        # “Shop → Customer: sorry”",
          "        pass",
        ].join("\n"),
      ),
      emitPython(payment).text,
    );
  });

  it("holds every class, step, line and label of any graph, and nothing else", async () => {
    const graphs = fc
      .sample(graphsOf("class", "flowchart", "sequence"), 600)
      .map((answer) => validGraph(answer).graph);
    const texts = graphs.map((graph) => emitPython(graph).text);
    // Code has nothing to which a line to a frame could lead, and says so.
    for (const graph of graphs) graph.edges = edgesOfNodes(graph, "", []);
    for (const [index, back] of (await readBack(texts)).entries()) {
      const [graph, text] = [graphs[index], texts[index] ?? ""];
      assert.ok(graph);
      assert.equal(back.error, null, text);
      const functions = back.functions.filter((name) => name !== "decide");
      if (graph.kind === "flowchart" && flowOf(graph, graph.edges)) assertCalled(functions, back.calls);
      else assert.deepEqual([functions.length, back.calls.length], expected(graph), text);
      if (graph.kind !== "class")
        assert.equal(back.classes, graph.kind === "sequence" ? graph.nodes.length : 0);
      else assert.ok(back.classes >= graph.nodes.length);
      for (const row of back.imports)
        assert.match(row, /^from (__future__|abc|dataclasses|datetime|enum|typing) import/);
      // In a comment as it is, in a string with its escapes.
      const words = [text, text.replace(/\\(["\\])/g, "$1")].map(letters);
      for (const { label } of graph.nodes)
        assert.ok(
          words.some((all) => all.includes(letters(label))),
          `${label}\n${text}`,
        );
    }
  });
});

/** Functions and calls. */
function expected({ kind, nodes, edges, steps }: Graph): [number, number] {
  if (kind === "class") return [0, 0];
  if (kind === "sequence")
    return [1, steps.filter((step) => step.kind === "message" && step.line === "solid").length];
  const twice = edges.filter(({ startHead, endHead }) => startHead !== "none" && endHead !== "none");
  return [nodes.length, edges.length + twice.length];
}
