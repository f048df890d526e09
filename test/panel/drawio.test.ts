import assert from "node:assert/strict";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { emitDrawio } from "../../src/workflows/diagram/emit/drawio/drawio.js";
import { validGraph } from "../../src/workflows/diagram/graph.js";
import type { Graph } from "../../src/workflows/diagram/schema.js";
import { diagramAnswer } from "../support/cannedAnswers.js";
import { launchChromium } from "../support/chromium.js";
import { door } from "../support/diagrams.js";
import type { ReadBackCell } from "../support/drawioReader.js";
import { anyGraph, shown } from "../support/graphs.js";

declare global {
  interface Window {
    drawioCells(file: string): { cells: ReadBackCell[]; live: number };
  }
}

describe("draw.io, read back and drawn by maxGraph in a browser", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ path: "dist/test/page/drawioReader.js" });
  });
  after(() => browser.close());

  const readBack = (texts: string[]) =>
    page.evaluate((all) => all.map((one) => window.drawioCells(one)), texts);

  it("lays nodes out along the flow, none over another", async () => {
    const [drawing] = await readBack([emitDrawio(diagramAnswer).text]);
    const nodes = drawing?.cells.filter(({ isEdge }) => !isEdge) ?? [];
    assert.equal(nodes.length, diagramAnswer.nodes.length);
    for (const [position, one] of nodes.entries())
      for (const other of nodes.slice(position + 1))
        assert.ok(!overlap(one, other), `${one.label} over ${other.label}`);
    const left = (label: string) => nodes.find((node) => node.label === label)?.place.x ?? Number.NaN;
    assert.ok(left("Web shop") < left("Orders"));
    assert.ok(left("Orders") < left("Paid?"));
    assert.ok(left("Paid?") < left("Shipping"));
  });

  it("keeps the whiteboard's own arrangement (D18)", async () => {
    // Two rows, drawn against the flow, and two boxes that lie partly over one another.
    const at = (x: number, y: number) => ({ part: 1, x, y, width: 120, height: 60 });
    const drawn = [at(700, 40), at(400, 50), at(90, 45), at(400, 400), at(95, 400), at(450, 430)];
    const board: Graph = {
      ...diagramAnswer,
      nodes: diagramAnswer.nodes.map((one, index) => ({ ...one, place: drawn[index] ?? one.place })),
    };
    const [drawing] = await readBack([emitDrawio(board).text]);
    const places = board.nodes.map(({ label }) => {
      const found = drawing?.cells.find((cell) => !cell.isEdge && cell.label === label);
      assert.ok(found);
      return found;
    });
    for (const [index, one] of places.entries())
      for (const other of places.slice(index + 1))
        assert.ok(!overlap(one, other), `${one.label} over ${other.label}`);
    const [shop, orders, paid, shipping, reminder] = places.map(({ place }) => place);
    assert.ok(shop && orders && paid && shipping && reminder);
    assert.ok(paid.x < orders.x && orders.x < shop.x, "the upper row runs as drawn");
    assert.ok(shop.y < shipping.y && reminder.x < shipping.x, "the lower row lies below");
    for (const { x, y } of [shop, orders, paid])
      assert.ok(Number.isInteger(x / 10) && Number.isInteger(y / 10));
  });

  it("puts what is in a group inside its frame", async () => {
    const [drawing] = await readBack([emitDrawio(door).text]);
    const frame = drawing?.cells.find(({ label }) => label === "Shut");
    const inside = drawing?.cells.filter(({ parent }) => parent === frame?.id) ?? [];
    assert.deepEqual(inside.map(({ label }) => label).sort(), ["Bolted", "Locked"]);
    for (const { place } of inside) {
      assert.ok(frame && place.x > frame.place.x && place.y > frame.place.y);
      assert.ok(place.x + place.width < frame.place.x + frame.place.width);
      assert.ok(place.y + place.height < frame.place.y + frame.place.height);
    }
  });

  it("holds every node, group, line and label of any graph, and nothing that is live", async () => {
    const graphs = fc.sample(anyGraph, 400).map((answer) => validGraph(answer).graph);
    const texts = graphs.map((graph) => emitDrawio(graph).text);
    for (const [position, { cells, live }] of (await readBack(texts)).entries()) {
      const [graph, text] = [graphs[position], texts[position] ?? ""];
      assert.ok(graph);
      assert.equal(live, 0, text);
      const expected = expectedOf(graph);
      const labels = (isEdge: boolean) =>
        cells
          .filter((cell) => cell.isEdge === isEdge)
          .map(({ label }) => shown(label))
          .sort();
      assert.deepEqual(labels(false), expected.shapes.map(shownInXml).sort(), text);
      assert.deepEqual(labels(true), expected.lines.map(shownInXml).sort(), text);
      for (const { isEdge, source, target } of cells)
        if (isEdge && graph.kind !== "sequence") assert.ok(source !== "" && target !== "", text);
    }
  });
});

const shownInXml = (text: string): string => shown(text).replace(/[\ufffe\uffff]/g, "\ufffd");

const overlap = ({ place: a }: ReadBackCell, { place: b }: ReadBackCell): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const counted = { none: "", one: "1", zeroOrOne: "0..1", oneOrMore: "1..*", zeroOrMore: "0..*" };

function expectedOf(graph: Graph): { shapes: string[]; lines: string[] } {
  const { kind, nodes, edges, groups, steps, notes } = graph;
  const remarks = notes.map(({ text }) => text);
  if (kind === "sequence") {
    const isLine = (step: string) => step === "message" || step === "else";
    const words = steps.map(({ kind: step, text, fragment }) =>
      step === "open"
        ? `${fragment} ${text}`
        : step === "else"
          ? `${fragment === "par" ? "and" : "else"} ${text}`
          : text,
    );
    return {
      shapes: [
        ...nodes.map(({ label }) => label),
        ...words.filter((_, index) => ["note", "open"].includes(steps[index]?.kind ?? "")),
        ...remarks,
      ],
      lines: words.filter((_, index) => isLine(steps[index]?.kind ?? "")),
    };
  }
  const split = kind === "class" || kind === "er";
  return {
    shapes: [
      ...nodes.flatMap(({ label, details }) =>
        split ? [label, ...details] : [[label, ...details].join("\n")],
      ),
      ...groups.map(({ label }) => label),
      ...remarks,
      ...(kind === "er"
        ? []
        : edges.flatMap(({ startCount, endCount }) =>
            [counted[startCount], counted[endCount]].filter(Boolean),
          )),
    ],
    lines: [...edges.map(({ label }) => label), ...notes.filter(({ about }) => about !== "").map(() => "")],
  };
}
