import assert from "node:assert/strict";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { isC4 } from "../../src/workflows/diagram/emit/c4Elements.js";
import { classBoxOf } from "../../src/workflows/diagram/emit/classBox.js";
import { emitMermaid } from "../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { validGraph } from "../../src/workflows/diagram/graph.js";
import type { Graph } from "../../src/workflows/diagram/schema.js";
import { forestOf, withoutInwardEdges } from "../../src/workflows/diagram/structure.js";
import { launchChromium } from "../support/chromium.js";
import { anyChart, anyGraph, drawableLabel, graphsWith, shown } from "../support/graphs.js";
import type { ReadBack } from "../support/mermaidReader.js";

declare global {
  interface Window {
    readBack(text: string): Promise<ReadBack | { error: string }>;
    drawn(text: string): Promise<{ words: string; live: number }>;
  }
}

const sorted = (texts: string[]): string[] => texts.map(shown).sort();

describe("Mermaid, read back by its own model in a browser", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ path: "dist/test/page/mermaidReader.js" });
  });
  after(() => browser.close());

  /** One by one: some kinds keep what they parsed in one place. */
  const readBack = (texts: string[]) =>
    page.evaluate(async (all) => {
      const read: Array<ReadBack | { error: string }> = [];
      for (const text of all) read.push(await window.readBack(text));
      return read;
    }, texts);

  /** What the text must hold, by kind. */
  function expected(graph: Graph): { nodes: string[]; edges: string[] } {
    const isFlowchart = graph.kind === "flowchart" || graph.kind === "architecture";
    const labels = graph.nodes.map((node) =>
      [node.label, ...(isFlowchart && !isC4(graph) ? node.details : [])].join(" "),
    );
    const ids = new Set(graph.nodes.map(({ id }) => id));
    const edges = graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
    const outward = withoutInwardEdges(graph, "", []);
    switch (isC4(graph) ? "c4" : graph.kind) {
      case "flowchart":
      case "architecture":
        return {
          nodes: [
            ...labels,
            ...graph.notes.map(({ text }) => text),
            ...graph.groups.map((group) => `group ${group.label}`),
          ],
          edges: [
            ...outward.map((edge) => edge.label),
            ...graph.notes.filter(({ about }) => about !== "").map(() => ""),
          ],
        };
      case "sequence":
        return {
          nodes: labels,
          edges: graph.steps.filter(({ kind }) => kind === "message").map(({ text }) => text),
        };
      case "state": {
        const dots = graph.nodes.filter(({ shape }) => shape === "start" || shape === "end");
        const choices = graph.nodes.filter(({ shape, label }) => shape === "diamond" && label.trim() === "");
        const named = graph.nodes.filter((node) => !dots.includes(node) && !choices.includes(node));
        return {
          nodes: [...named, ...graph.groups].map(({ label }) => label),
          edges: outward.map((edge) => edge.label),
        };
      }
      case "class":
        return {
          nodes: graph.nodes.map((node) => classBoxOf(node).name),
          edges: edges.map((edge) => edge.label),
        };
      case "c4":
        return {
          nodes: [...labels, ...graph.groups.map(({ label }) => label)],
          edges: [...new Set(edges.map(({ from, to }) => JSON.stringify([from, to])))].map((ends) =>
            edges
              .filter(({ from, to }) => JSON.stringify([from, to]) === ends)
              .map(({ label }) => label)
              .join(" "),
          ),
        };
      case "mindmap": {
        const { roots } = forestOf(graph);
        return { nodes: [...(roots.length === 1 ? [] : [graph.title]), ...labels], edges: [] };
      }
      default:
        return { nodes: labels, edges: edges.map((edge) => edge.label) };
    }
  }

  it("holds every node, edge and label of any graph, and nothing that is live", async () => {
    const graphs = fc.sample(anyGraph, 1000).map((answer) => validGraph(answer).graph);
    for (let offset = 0; offset < graphs.length; offset += 100) {
      const some = graphs.slice(offset, offset + 100);
      const texts = some.map((graph) => emitMermaid(graph).text);
      for (const [index, back] of (await readBack(texts)).entries()) {
        const [graph, text] = [some[index], texts[index] ?? ""];
        assert.ok(graph);
        if ("error" in back) assert.fail(`${back.error}\n${text}`);
        assert.deepEqual(back.config, {}, text);
        assert.deepEqual(back.live, []);
        const wanted = expected(graph);
        assert.deepEqual(sorted(back.nodes), sorted(wanted.nodes), text);
        assert.deepEqual(sorted(back.edges), sorted(wanted.edges), text);
      }
    }
  });

  it("holds every row of any chart, and nothing that is live", async () => {
    const charts = fc.sample(anyChart, 600).map((answer) => validGraph(answer).graph);
    const emitted = charts.map((chart) => emitMermaid(chart));
    for (const [position, back] of (await readBack(emitted.map(({ text }) => text))).entries()) {
      const [chart, { text, warnings } = { text: "", warnings: [] }] = [charts[position], emitted[position]];
      assert.ok(chart);
      if ("error" in back) assert.fail(`${back.error}\n${text}`);
      assert.deepEqual([back.config, back.live], [{}, []]);
      const left = warnings.filter((warning) => warning.includes("is left out")).length;
      const items = chart.rows.filter(({ role }) => !["xAxis", "yAxis", "quadrant", "branch"].includes(role));
      assert.equal(back.nodes.length, items.length - left, text);
      if (left > 0 || chart.kind === "git" || chart.kind === "pie") continue;
      assert.deepEqual(sorted(back.nodes), sorted(items.map(({ label }) => label)), text);
    }
  });

  it("is drawn with every word of its labels, and without a link or a picture", async () => {
    for (const graph of fc.sample(graphsWith(drawableLabel), 100).map((answer) => validGraph(answer).graph)) {
      const { text } = emitMermaid(graph);
      const { words, live } = await page.evaluate((one) => window.drawn(one), text);
      assert.equal(live, 0, text);
      const letters = (all: string) => shown(all).replace(/\s/g, "");
      const seen = letters(words);
      if (graph.kind === "state" || graph.nodes.length === 0) continue;
      for (const { label } of graph.nodes)
        assert.ok(seen.includes(letters(label)), `${label} is not drawn:\n${text}\n${words}`);
    }
  });
});
