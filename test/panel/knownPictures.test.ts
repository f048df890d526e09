import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import type { Application } from "../../src/app/application.js";
import { askedRun, refine } from "../../src/run/refine.js";
import type { RunDependencies } from "../../src/run/types.js";
import { currentAnswer } from "../../src/store/runs/runResult.js";
import { changesBetween, isUnchanged } from "../../src/workflows/diagram/changes.js";
import { diagram } from "../../src/workflows/diagram/diagram.js";
import { mermaidNames } from "../../src/workflows/diagram/emit/mermaid/common.js";
import { emitMermaid } from "../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { numbersOf } from "../../src/workflows/diagram/emit/names.js";
import { diagramAt, originWords } from "../../src/workflows/diagram/origin.js";
import { workflows } from "../../src/workflows/index.js";
import { known } from "../../src/workflows/workflow.js";
import { type KnownPicture, knownPictures } from "../bench/diagrams/pictures.js";
import { improvedPhoto, PageReader } from "../bench/diagrams/reading.js";
import { ApiDouble, goodKey } from "../support/apiDouble.js";
import { applicationOn } from "../support/application.js";
import { launchChromium } from "../support/chromium.js";
import { nothingMeasured } from "../support/geometry.js";
import { knownGraphs } from "../support/knownGraphs.js";
import { misread } from "../support/perturb.js";
import { sourceOf } from "../support/pictures.js";
import { run } from "../support/run.js";
import { freshFolder, storesIn } from "../support/stores.js";

const options = {
  model: "claude-sonnet-5-5",
  effort: "low" as const,
  signal: new AbortController().signal,
  offline: false,
  redaction: "off" as const,
  measuring: { languages: ["eng"], languageFolder: undefined, pixelRatio: undefined },
};

describe("forty photographed drawings whose graphs are known", () => {
  let browser: Browser;
  let api: ApiDouble;
  let app: Application;
  let around: RunDependencies & { ask: NonNullable<RunDependencies["ask"]> };
  const pictures: KnownPicture[] = [];
  before(async () => {
    browser = await launchChromium();
    for await (const picture of knownPictures(browser)) pictures.push(picture);
    api = await new ApiDouble().start();
    app = applicationOn(storesIn(await freshFolder()));
    const { ask, ...rest } = await app.dependencies({ apiKey: goodKey, baseUrl: api.url });
    assert.ok(ask);
    // What is measured in these photos plays no part here, and takes longest.
    const prepare: RunDependencies["prepare"] = async ({ inspection, ...request }, signal) => ({
      ...(await rest.prepare(request, signal)),
      measurement: inspection && nothingMeasured,
    });
    around = { ...rest, ask, prepare };
  });
  after(async () => {
    app.dispose();
    await api.stop();
    await browser.close();
  });

  it("are forty, of every kind", () => {
    assert.equal(pictures.length, 40);
    assert.equal(new Set(pictures.map(({ graph }) => graph.kind)).size, 12);
  });

  it("are put right by refining: what was misread is listed, and nothing else", async () => {
    for (const [index, { name, graph: truth, photo }] of pictures.entries()) {
      const wrong = misread(truth, index);
      api.answer = ({ turns }) => (turns.length > 1 ? truth : wrong.graph);
      const first = await run(workflows.diagram, sourceOf(`${name}.jpg`, photo), options, around);
      const before = askedRun(first);
      assert.ok(before);
      const { sha256 } = before.pictures[0].picture;
      const after = await refine(around, before, "Look again.", options);
      const [was, is] = [before, after].map((one) => known(diagram, currentAnswer(one), one.pictures)?.graph);
      assert.ok(was && is);
      const { added, removed, changed } = changesBetween(was, is);
      assert.deepEqual(
        [added.length, removed.length, changed.length],
        [wrong.added, wrong.removed, wrong.changed],
        `${name}: ${JSON.stringify({ added, removed, changed })}`,
      );
      assert.ok(isUnchanged(changesBetween(is, truth)), name);
      // The drawing that stands in a document is found again, and nothing around it.
      const inserted = (text: string, sha256: string) =>
        [
          "# Notes",
          "```mermaid",
          `%% ${originWords({ path: `${name}.jpg`, sha256, target: "mermaid" })}`,
          ...text.trimEnd().split("\n"),
          "```",
          "The end.",
        ] as const;
      const lines = inserted(emitMermaid(was).text, sha256);
      const found = diagramAt(lines, lines.length - 3);
      assert.deepEqual([found?.from, found?.to, found?.origin.sha256], [2, lines.length - 2, sha256]);
    }
  });

  it("read better once they are straightened and evened out: 1.3 times as many label words", async () => {
    const reader = await PageReader.start();
    let [before, after] = [0, 0];
    for (const { graph, photo, drawing } of pictures) {
      before += await reader.wordsOf(graph, photo);
      after += await reader.wordsOf(graph, await improvedPhoto(photo));
      assert.equal(await improvedPhoto(drawing), drawing, "a clean screenshot is left as it is");
    }
    await reader.end();
    assert.ok(after >= before * 1.3, `${before} words before, ${after} after`);
  });
});

describe("the panel's drawing", () => {
  it("knows each node by the name that the text gives it, in every kind that has nodes", async () => {
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.setContent('<body class="vscode-light"></body>');
    await page.addScriptTag({ path: "dist/panel/diagram.js" });
    for (const graph of knownGraphs.filter(({ nodes }) => nodes.length > 0)) {
      const written = mermaidNames(graph);
      const names = graph.nodes.map(({ id }, index) => [written(id), `n${index + 1}`] as const);
      const found = await page.evaluate(
        async ([text, all]) => {
          const drawing = await window.drawMermaid?.(text, new Map(all));
          return [...(drawing?.querySelectorAll("[data-element]") ?? [])].map((element) => [
            element.getAttribute("data-element"),
            element.textContent,
          ]);
        },
        [emitMermaid(graph).text, names] as const,
      );
      const name = numbersOf(graph);
      for (const { id, label, shape } of graph.nodes) {
        if (shape === "start" || shape === "end") continue;
        const words = found.filter(([element]) => element === name(id)).map(([, text]) => text ?? "");
        assert.ok(
          words.some((text) => text.includes(label)) || (graph.kind === "sequence" && words.length > 0),
          `${graph.kind}: ${label} is not ${name(id)}: ${JSON.stringify(words)}`,
        );
      }
    }
    await browser.close();
  });
});
