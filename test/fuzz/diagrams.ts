import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.js";
import { targets, targetsFor } from "../../src/workflows/diagram/emit/targets.js";
import { validGraph } from "../../src/workflows/diagram/graph.js";
import { MermaidParser } from "../../src/workflows/diagram/mermaidParser.js";
import { converted } from "../../src/workflows/diagram/read/convert.js";
import { type Reader, readDiagram, readers } from "../../src/workflows/diagram/read/readers.js";
import { objectionTo } from "../../src/workflows/diagram/typedMermaid.js";
import { corpus } from "../support/corpus.js";
import { graphsOf } from "../support/graphs.js";
import { mutated } from "./hostile.js";
import { type Target, target } from "./target.js";

/** What has a meaning in one of the languages. */
const words = [
  "-->",
  "--",
  "->",
  "<->",
  "==>",
  "-.->",
  "|",
  "[",
  "]",
  "((",
  "{{",
  "}",
  "subgraph a\n",
  "end\n",
  "participant a\n",
  "@startuml\n",
  "@enduml\n",
  "digraph {",
  "label=",
  "<b>",
  "&lt;",
  "<mxCell ",
  'parent="1"',
  '"id":',
  "null",
  "-1",
  "1e999",
  "shape: ",
  "|md\n",
  "%% ",
  "%%{init: {}}%%",
  'click a href "https://evil.example"',
  'a@{ img: "https://evil.example" }',
  'properties a: {"icon": "https://evil.example"}',
  "style a fill:url(x)",
  ";",
];

const mermaid = new MermaidParser("./dist/mermaidWorker.js");
const tools = { readMermaid: (text: string) => mermaid.read(text) };

/** Texts that our own emitters write, of every kind of diagram, in the language of a file's ending. */
const textsOf = (ending: string): string[] =>
  fc
    .sample(graphsOf("flowchart", "sequence", "class", "er", "state", "mindmap"), { seed: 1, numRuns: 60 })
    .flatMap((answer) => {
      const { graph } = validGraph(answer);
      return targetsFor(graph.kind).flatMap((id) =>
        targets[id].ending === ending ? [targets[id].emit(graph).text] : [],
      );
    });

const samples: Record<string, string[]> = { Mermaid: corpus.flatMap(({ texts }) => texts) };

/** A text becomes a graph that can be written in every language, or is refused in words: nothing else. */
const readingOf = (reader: Reader): Target =>
  target(
    `diagrams: ${reader.title}`,
    mutated(samples[reader.title] ?? reader.endings.flatMap(textsOf), words),
    async (text) => {
      try {
        const reading = await readDiagram(text, reader, "a", tools);
        for (const id of targetsFor(reading.graph.kind)) converted(reading, id);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        // Our own mistakes are none of the text's.
        const { cause } = error;
        if (cause instanceof TypeError || cause instanceof RangeError || cause instanceof ReferenceError)
          throw cause;
      }
    },
    () => mermaid.dispose(),
  );

/** What would load, link or run when it is drawn. */
const live = /^\s*(click|link|links|callback)\s|^\s*properties\b.*:\s*\{|@\s*\{[^}]*\b(img|icon)\s*:/m;

const typedMermaid = target(
  "Mermaid, typed",
  mutated(samples.Mermaid ?? [], words),
  async (text) => {
    const objection = objectionTo(text);
    if (objection) {
      assert.match(objection.message, /[.:]$/);
      return;
    }
    const verdict = await mermaid.parse(text);
    if (verdict.valid) assert.doesNotMatch(text, live);
    else assert.notEqual(verdict.message, "");
  },
  () => mermaid.dispose(),
);

export const diagrams: Target[] = [typedMermaid, ...readers.map(readingOf)];
