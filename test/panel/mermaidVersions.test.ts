import assert from "node:assert/strict";
import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { emitMermaid } from "../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { validGraph } from "../../src/workflows/diagram/graph.js";
import type { Graph } from "../../src/workflows/diagram/schema.js";
import { launchChromium } from "../support/chromium.js";
import { edge, fragment, graph, group, message, node, row } from "../support/diagrams.js";
import { anyChart, anyGraph, shown } from "../support/graphs.js";
import type { MermaidVersion } from "../support/mermaidVersions.js";

declare global {
  interface Window {
    shownBy(
      version: MermaidVersion,
      text: string,
    ): Promise<{ words: string[]; live: number } | { error: string }>;
    objectionBy(version: MermaidVersion, text: string): Promise<string>;
  }
}

const versions: MermaidVersion[] = ["10.9", "11.4", "11.12", "12"];

/** A graph in which a text stands in one place of Mermaid's, and the plainest words in all others. */
const places: Record<string, (text: string) => Graph> = {
  "a box": (text) => graph("flowchart", "", { nodes: [node("n", text)] }),
  "a line": (text) =>
    graph("flowchart", "", { nodes: [node("n", "q"), node("m", "r")], edges: [edge("n", "m", text)] }),
  "a frame": (text) =>
    graph("flowchart", "", { nodes: [node("n", "q", { group: "g" })], groups: [group("g", text)] }),
  "a title": (text) => graph("flowchart", text, { nodes: [node("n", "q")] }),
  "a participant": (text) =>
    graph("sequence", "", { nodes: [node("n", text)], steps: [message("n", "n", "q")] }),
  "a message": (text) => graph("sequence", "", { nodes: [node("n", "q")], steps: [message("n", "n", text)] }),
  "a fragment": (text) =>
    graph("sequence", "", {
      nodes: [node("n", "q")],
      steps: [fragment("open", "loop", text), message("n", "n", "r"), fragment("close")],
    }),
  "a box of participants": (text) =>
    graph("sequence", "", { nodes: [node("n", "q", { group: "g" })], groups: [group("g", text)] }),
  "a class": (text) => graph("class", "", { nodes: [node("n", text)] }),
  "a field": (text) => graph("class", "", { nodes: [node("n", "q", { details: [text] })] }),
  "a method": (text) => graph("class", "", { nodes: [node("n", "q", { details: [`f(${text})`] })] }),
  "a relation": (text) =>
    graph("class", "", { nodes: [node("n", "q"), node("m", "r")], edges: [edge("n", "m", text)] }),
  "a note of a class": (text) =>
    graph("class", "", { nodes: [node("n", "q")], notes: [{ text, about: "n" }] }),
  "a state": (text) => graph("state", "", { nodes: [node("n", text)] }),
  "a row of a state": (text) => graph("state", "", { nodes: [node("n", "q", { details: [text] })] }),
  "a transition": (text) =>
    graph("state", "", { nodes: [node("n", "q"), node("m", "r")], edges: [edge("n", "m", text)] }),
  "a note of a state": (text) =>
    graph("state", "", { nodes: [node("n", "q")], notes: [{ text, about: "n" }] }),
  "an entity": (text) => graph("er", "", { nodes: [node("n", text)] }),
  "a relationship": (text) =>
    graph("er", "", { nodes: [node("n", "q"), node("m", "r")], edges: [edge("n", "m", text)] }),
  "a branch of a mind map": (text) => graph("mindmap", "", { nodes: [node("n", text)] }),
  "a task": (text) => graph("gantt", "", { rows: [row(text, { start: "2026-01-01", end: "5d" })] }),
  "an event of a timeline": (text) => graph("timeline", "", { rows: [row(text, { start: "q" })] }),
  "a slice": (text) => graph("pie", "", { rows: [row(text, { start: "5" })] }),
  "a point": (text) => graph("quadrant", "", { rows: [row(text, { start: "0.5", end: "0.5" })] }),
  "a commit": (text) => graph("git", "", { rows: [row(text, { role: "commit", section: "main" })] }),
};

const signs = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter(
  (sign) => !/[A-Za-z0-9]/.test(sign),
);

describe("Mermaid, in every version that hosts run", () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
    await page.addScriptTag({ path: "dist/test/page/mermaidVersions.js" });
  });
  after(() => browser.close());

  const objections = (version: MermaidVersion, texts: string[]): Promise<string[]> =>
    page.evaluate(
      async ([one, all]) => {
        const said: string[] = [];
        for (const text of all) said.push(await window.objectionBy(one, text));
        return said;
      },
      [version, texts] as const,
    );
  const drawings = (version: MermaidVersion, texts: string[]): Promise<string[]> =>
    page.evaluate(
      async ([one, all]) => {
        const said: string[] = [];
        for (const text of all) {
          const drawn = await window.shownBy(one, text);
          said.push("error" in drawn ? "" : drawn.words.join(" "));
        }
        return said;
      },
      [version, texts] as const,
    );

  for (const version of versions) {
    it(`is parsed by ${version}, whatever stands in the picture (D5)`, async () => {
      const graphs = [...fc.sample(anyGraph, 150), ...fc.sample(anyChart, 40)];
      const texts = graphs.map((answer) => emitMermaid(validGraph(answer).graph).text);
      for (const [index, said] of (await objections(version, texts)).entries())
        assert.equal(said, "", texts[index]);
    });
  }

  for (const [place, graphOf] of Object.entries(places))
    it(`draws every ASCII sign in ${place}, and encodes none without need (D8)`, async () => {
      const letters = (text: string) => shown(text).replace(/[\s\u200b]/g, "");
      const words = signs.map((sign) => `${sign}a ${sign} b${sign} c${sign}d`);
      const texts = words.map((word) => emitMermaid(graphOf(word)).text);
      for (const version of versions) {
        // What a version writes wrongly in any form is its own.
        for (const [index, drawn] of (await drawings(version, texts)).entries()) {
          const word = words[index] ?? "";
          if (isOwnFault(version, place, word)) continue;
          assert.ok(
            letters(drawn).includes(letters(word)),
            `${version}: ${word} in\n${texts[index]}\n${drawn}`,
          );
        }
      }
      for (const [index, sign] of signs.entries()) {
        if (!/#\d+;/.test(texts[index] ?? "") || isCaution(place, sign)) continue;
        let isNeeded = false;
        for (const word of [words[index] ?? "", `c${sign}d`]) {
          const { text } = emitMermaid(graphOf(word));
          const raw = text.replace(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
          for (const version of versions) {
            const [drawn = ""] = await drawings(version, [raw]);
            isNeeded ||= !letters(drawn).includes(letters(word));
          }
        }
        assert.ok(isNeeded, `${sign} needs no encoding in\n${texts[index]}`);
      }
    });
});

/**
 * What is encoded although these versions would draw it: what could begin a tag, what labels without HTML lose (as our
 * own panel draws them), what marks code in Markdown, and what would make a field a
 * method.
 */
const isCaution = (place: string, sign: string): boolean =>
  ["<", ">", "`", "~"].includes(sign) || (place === "a field" && sign === ")");

/** What a version writes wrongly in any form; a title loses its “<” everywhere, and that is said. */
const isOwnFault = (version: MermaidVersion, place: string, word: string): boolean =>
  (version === "11.4" && place === "a branch of a mind map" && /[<>&]/.test(word)) ||
  (place === "a title" && word.includes("<"));
