import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { validateXML } from "xmllint-wasm";
import { emitBpmn } from "../../src/workflows/diagram/emit/bpmn/bpmn.js";
import { emitExcalidraw } from "../../src/workflows/diagram/emit/excalidraw/excalidraw.js";
import { validGraph } from "../../src/workflows/diagram/graph.js";
import type { DrawnElement } from "../support/bpmnReader.js";
import { graphOfBpmn } from "../support/bpmnTruth.js";
import { launchChromium } from "../support/chromium.js";
import { edge, graph, group, node } from "../support/diagrams.js";
import { graphsOf, letters } from "../support/graphs.js";

declare global {
  interface Window {
    drawBpmn(
      xml: string,
    ): Promise<{ elements: DrawnElement[]; warnings: string[]; live: number; words: string }>;
    drawExcalidraw(file: string): Promise<{ words: string[]; live: number; shapes: number }>;
  }
}

const schema = (file: string) => ({
  fileName: file,
  contents: readFileSync(`node_modules/bpmn-moddle/resources/bpmn/xsd/${file}`, "utf8"),
});

/** XML knows no U+FFFE and no U+FFFF. */
const shownInXml = (text: string): string => letters(text).replace(/[\ufffe\uffff]/g, "\ufffd");

describe("BPMN, validated and drawn by bpmn-js in a browser", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ path: "dist/test/page/bpmnReader.js" });
  });
  after(() => browser.close());

  it("holds every node, frame and note of any graph, is valid, and nothing in it is live", async () => {
    for (const answer of fc.sample(graphsOf("flowchart"), 15)) {
      const { graph: drawn } = validGraph(answer);
      const { text } = emitBpmn(drawn);
      const { valid, errors } = await validateXML({
        xml: { fileName: "diagram.bpmn", contents: text },
        schema: [schema("BPMN20.xsd")],
        preload: ["BPMNDI.xsd", "DC.xsd", "DI.xsd", "Semantic.xsd"].map(schema),
      });
      assert.ok(valid, `${errors.map(({ message }) => message).join("\n")}\n${text}`);
      const objections: string[] = [];
      await graphOfBpmn(text, objections);
      assert.deepEqual(objections, [], text);
      const { elements, warnings, live } = await page.evaluate((xml) => window.drawBpmn(xml), text);
      assert.deepEqual([warnings, live], [[], 0], text);
      const labels = elements.filter(({ source }) => source === "").map(({ label }) => letters(label));
      const expected = [
        ...drawn.nodes.map(({ label, details }) => [label, ...details].join("\n")),
        ...drawn.groups.map(({ label }) => label),
        ...drawn.notes.map(({ text: words }) => words),
      ];
      assert.deepEqual(labels.sort(), expected.map(shownInXml).sort(), text);
    }
  });

  it("knows pools, lanes, events, gateways and messages", async () => {
    const at = (x: number, y: number) => ({ part: 1, x, y, width: 100, height: 60 });
    const drawn = graph("flowchart", "Order", {
      nodes: [
        node("s", "", { shape: "circle", group: "sales", place: at(100, 100) }),
        node("check", "Check", { group: "sales", place: at(300, 100) }),
        node("ok", "Ok?", { shape: "diamond", group: "stock", place: at(300, 900) }),
        node("e", "Done", { shape: "circle", group: "stock", place: at(500, 900) }),
      ],
      groups: [
        group("shop", "Shop"),
        group("sales", "Sales", "shop"),
        group("stock", "Stock", "shop"),
        group("customer", "Customer"),
      ],
      edges: [
        edge("s", "check"),
        edge("check", "ok"),
        edge("ok", "e", "yes"),
        edge("check", "customer", "receipt", { line: "dashed" }),
      ],
      remarks: [
        { about: "s", feature: "event", value: "timer" },
        { about: "ok", feature: "gateway", value: "parallel" },
        { about: "e", feature: "ring", value: "thick" },
      ],
    });
    const { text, warnings } = emitBpmn(drawn);
    assert.deepEqual(warnings, []);
    const { elements } = await page.evaluate((xml) => window.drawBpmn(xml), text);
    const types = elements.map(({ type, label }) => `${type.slice(5)} ${label}`.trim()).sort();
    assert.deepEqual(types, [
      "EndEvent Done",
      "Lane Sales",
      "Lane Stock",
      "MessageFlow receipt",
      "ParallelGateway Ok?",
      "Participant Customer",
      "Participant Shop",
      "SequenceFlow",
      "SequenceFlow",
      "SequenceFlow yes",
      "StartEvent",
      "Task Check",
    ]);
    assert.match(text, /<bpmn:startEvent[^>]*>[\s\S]*<bpmn:timerEventDefinition/);
    const place = (label: string) => elements.find((one) => one.label === label)?.place;
    const [shop, stock, sales] = [place("Shop"), place("Stock"), place("Sales")];
    assert.ok(shop && stock && sales);
    assert.equal(sales.y + sales.height, stock.y, "lanes touch");
    assert.equal(sales.height + stock.height, shop.height);
  });
});

describe("Excalidraw, restored and drawn by its own code in a browser", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ path: "dist/test/page/excalidrawReader.js" });
  });
  after(() => browser.close());

  it("draws every word of any graph, and nothing that is live", async () => {
    for (const answer of fc.sample(graphsOf("flowchart", "class", "er", "state"), 40)) {
      const { graph: drawn } = validGraph(answer);
      const { text } = emitExcalidraw(drawn);
      const { words, live } = await page.evaluate((file) => window.drawExcalidraw(file), text);
      assert.equal(live, 0, text);
      const all = letters(words.join(""));
      for (const { label } of [...drawn.nodes, ...drawn.groups])
        for (const row of label.split("\n")) assert.ok(all.includes(letters(row)), `${row}\n${text}`);
    }
  });
});
