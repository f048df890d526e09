import assert from "node:assert/strict";
import fc from "fast-check";
import ts from "typescript-api";
import { flowOf } from "../../../src/workflows/diagram/emit/code/flow.js";
import { emitTypeScript } from "../../../src/workflows/diagram/emit/code/typescript.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { edgesOfNodes } from "../../../src/workflows/diagram/structure.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { classes, generics, payment } from "../../support/diagrams.js";
import { assertCalled } from "../../support/expect.js";
import { graphsOf, letters } from "../../support/graphs.js";

/** All that TypeScript objects to in a text, its grammar and its types. */
function objections(text: string): string[] {
  const file = "stub.ts";
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** What the parser makes of a text: the declarations, their members and their calls. */
function readBack(text: string) {
  const source = ts.createSourceFile("stub.ts", text, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: ts.Diagnostic[] };
  const found = {
    objections: parseDiagnostics.length,
    types: 0,
    members: 0,
    functions: [] as string[],
    calls: [] as string[],
    other: 0,
  };
  const visit = (node: ts.Node): void => {
    if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) {
      found.types++;
      found.members += node.members.length;
    } else if (ts.isFunctionDeclaration(node)) found.functions.push(node.name?.text ?? "");
    else if (ts.isCallExpression(node) && !["decide", "super"].includes(node.expression.getText()))
      found.calls.push(node.expression.getText());
    else if (
      ts.isImportDeclaration(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isTaggedTemplateExpression(node) ||
      (ts.isBinaryExpression(node) && !/^this\.\w+ = \w+$/.test(node.getText()))
    )
      found.other++;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const messages = ({ steps }: { steps: ReadonlyArray<{ kind: string; line: string; to: string }> }) =>
  steps.filter(({ kind, line }) => kind === "message" && line === "solid");

describe("TypeScript, read back by its own compiler", () => {
  it("writes classes with what they inherit, hold and promise", () => {
    const { text, warnings } = emitTypeScript(classes);
    assert.equal(
      text,
      [
        "export interface Payable {",
        "  amount: number;",
        "  pay(by: Date): boolean;",
        "}",
        "",
        "export abstract class Document {",
        "  protected id: string;",
        "",
        "  constructor(id: string) {",
        "    this.id = id;",
        "  }",
        "",
        "  abstract print(): void;",
        "}",
        "",
        "export class Invoice extends Document implements Payable {",
        "  /** “+ total: decimal(10,2)” */",
        "  total: number;",
        "  private note: string;",
        "  lines: InvoiceLine[] = [];",
        "  currency: Currency;",
        "  amount: number;",
        "",
        "  constructor(",
        "    id: string,",
        "    total: number,",
        "    note: string,",
        "    currency: Currency,",
        "    amount: number,",
        "  ) {",
        "    super(id);",
        "    this.total = total;",
        "    this.note = note;",
        "    this.currency = currency;",
        "    this.amount = amount;",
        "  }",
        "",
        "  print(): void {",
        '    throw new Error("Not written yet: print");',
        "  }",
        "",
        "  pay(by: Date): boolean {",
        '    throw new Error("Not written yet: pay");',
        "  }",
        "}",
        "",
        "export class InvoiceLine {",
        "  price: Money;",
        "",
        "  constructor(price: Money) {",
        "    this.price = price;",
        "  }",
        "}",
        "",
        "export enum Currency {",
        '  EUR = "EUR",',
        '  USD = "USD",',
        "}",
        "",
        "/** Named in the diagram, and not drawn. */",
        "export type Money = unknown;",
        "",
      ].join("\n"),
    );
    assert.deepEqual(warnings, []);
    assert.deepEqual(objections(text), []);
  });

  it("keeps type parameters, and says unknown where a class does not fill them in", () => {
    const { text } = emitTypeScript(generics);
    assert.deepEqual(objections(text), []);
    assert.deepEqual(text.match(/^export .*\{/gm), [
      "export interface Repository<T, K> {",
      "export class Page<T> {",
      "export class WidePage extends Page<unknown> {",
      "export class OrderRepository implements Repository<unknown, unknown> {",
      "export class Order {",
      "export class Desk<T> {",
    ]);
    for (const row of [
      "constructor(first: unknown, columns: number) {",
      "find(id: unknown): unknown {",
      "all: Repository<Order, string>;",
      "latest: Page<T>;",
      "history: Page<unknown>;",
    ])
      assert.ok(text.includes(`  ${row}\n`), row);
  });

  it("writes a flowchart as functions that call each other, and decide", () => {
    const { text } = emitTypeScript(diagramAnswer);
    assert.ok(
      text.includes(
        [
          "export function orderFlowSprint14(): void {",
          "  webShop();",
          "  // “order”",
          "  while (true) {",
          "    orders();",
          "    stockDB(); // “reserve”",
          "    if (paid()) {",
          "      break;",
          "    }",
          "    reminder();",
          "  }",
          "  shipping();",
          "}",
        ].join("\n"),
      ),
      text,
    );
    assert.deepEqual(objections(text), []);
  });

  it("writes a sequence as interfaces and the calls between them", () => {
    const { text } = emitTypeScript(payment);
    assert.equal(
      text,
      [
        "export class Customer {}",
        "",
        "export interface Shop {",
        "  order(): void;",
        "}",
        "",
        "export interface Bank {",
        "  /** “charge(card)” */",
        "  charge(): void;",
        "}",
        "",
        "export function payment(customer: Customer, shop: Shop, bank: Bank): void {",
        "  shop.order(); // “from Customer”",
        '  while (decide("three times")) {',
        "    bank.charge(); // “from Shop”",
        "    // “Bank → Shop: accepted”",
        "  }",
        '  if (decide("accepted")) {',
        "    // “Shop → Customer: thanks”",
        "  } else {",
        "    // “Shop → Customer: sorry”",
        "  }",
        "}",
        "",
        "/** Answers a question of the diagram. */",
        "function decide(question: string): boolean {",
        "  throw new Error(`Not decided yet: ${question}`);",
        "}",
        "",
      ].join("\n"),
    );
    assert.deepEqual(objections(text), []);
  });

  it("holds every class, step, line and label of any graph, and nothing else", () => {
    fc.assert(
      fc.property(graphsOf("class", "flowchart", "sequence"), (answer) => {
        const { graph } = validGraph(answer);
        const { text } = emitTypeScript(graph);
        // Code has nothing to which a line to a frame could lead, and says so.
        graph.edges = edgesOfNodes(graph, "", []);
        const back = readBack(text);
        assert.equal(back.objections, 0, text);
        assert.equal(back.other, 0, text);
        if (graph.kind === "class") {
          assert.equal(back.types, graph.nodes.length);
          assert.deepEqual(back.functions, []);
        } else if (graph.kind === "flowchart") {
          assert.equal(back.types, 0);
          const functions = back.functions.filter((name) => name !== "decide");
          if (flowOf(graph, graph.edges)) {
            assertCalled(functions, back.calls);
            return;
          }
          assert.equal(functions.length, graph.nodes.length);
          const both = graph.edges.filter(
            ({ startHead, endHead }) => startHead !== "none" && endHead !== "none",
          );
          const loops = both.filter(({ from, to }) => from === to && from !== undefined);
          assert.equal(back.calls.length, graph.edges.length + both.length, `${loops.length}\n${text}`);
        } else {
          assert.equal(back.types, graph.nodes.length);
          assert.equal(back.calls.length, messages(graph).length, text);
        }
        const words = letters(text.replaceAll("_", ""));
        for (const { label } of graph.nodes) assert.ok(words.includes(letters(label)), `${label}\n${text}`);
      }),
      { numRuns: 400 },
    );
  });
});
