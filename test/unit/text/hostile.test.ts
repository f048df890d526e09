import assert from "node:assert/strict";
import { coverSecrets } from "../../../src/measure/secrets.js";
import { csv } from "../../../src/render/csv.js";
import { liveStretches } from "../../../src/text/live.js";
import { codeBlock, codeSpan, escapeMarkdown, escapeMarkdownLine } from "../../../src/text/markdown.js";
import { oneLine, plainText } from "../../../src/text/plain.js";
import { similarity } from "../../../src/text/similarity.js";
import { audit } from "../../../src/workflows/audit/audit.js";
import { AuditFinding } from "../../../src/workflows/audit/schema.js";
import { completedItems } from "../../../src/workflows/completedItems.js";
import { diagram } from "../../../src/workflows/diagram/diagram.js";
import { targets, targetsFor } from "../../../src/workflows/diagram/emit/targets.js";
import { type Graph, graphKinds } from "../../../src/workflows/diagram/schema.js";
import { auditAnswer, diagramAnswer } from "../../support/cannedAnswers.js";
import { refused } from "../../support/expect.js";
import { seenPicture } from "../../support/geometry.js";

/** A long answer's worth of characters, and what makes a careless pattern look at each of them again and again. */
const length = 128 * 1024;
const pieces = [
  "a",
  ".",
  "a.",
  "@",
  "a@",
  "#",
  "#1",
  "#1a",
  "://",
  "a:",
  "www.",
  "-",
  "=",
  "[",
  "](",
  "[a](b",
  " ",
  "\n",
  " \n",
  "\t",
];
pieces.push(
  "`",
  "*",
  "GH-",
  "1",
  "1 ",
  "+1",
  "(1)",
  "1-",
  "Q",
  "aQ.",
  "sk-",
  "DE12",
  "-----BEGIN ",
  "é",
  "\u202e",
  "\ud800",
  "A1b2-",
  "password: ",
);
const texts = pieces.flatMap((piece) =>
  ["", "x", "@", "]"].map((tail) => piece.repeat(Math.ceil(length / piece.length)) + tail),
);

/** Whoever goes through a text from outside: each in a time that grows with its length, or bounded. */
const readers: Record<string, (text: string) => unknown> = {
  escapeMarkdown,
  escapeMarkdownLine,
  codeSpan,
  codeBlock: (text) => codeBlock(text),
  liveStretches: (text) => [...liveStretches(text)],
  plainText,
  oneLine: (text) => oneLine(text),
  coverSecrets,
  similarity: (text) => similarity(text, `${text}b`),
  csv: (text) => csv([[text]]),
  completedItems: (text) => completedItems(text, "findings", AuditFinding),
};

describe("a long, hostile text (S8)", () => {
  for (const [name, read] of Object.entries(readers))
    it(`does not hold up ${name}`, () => {
      for (const text of texts) read(text);
    });
});

describe("an answer that is larger than any honest one (S8)", () => {
  const inputs = [seenPicture("a.png", 800, 600)] as const;

  it("is refused in words", async () => {
    const [finding] = auditAnswer.findings;
    assert.ok(finding);
    const findings = Array.from({ length: 3_000 }, () => finding);
    await refused(() => audit.evaluate({ ...auditAnswer, findings }, [...inputs]), /3,000 findings/);
    await refused(() => diagram.evaluate(chain(10_000), [...inputs]), /elements: no drawing has as many/);
  });

  it("is written in every language when it is as large as one may be", () => {
    const { graph } = diagram.evaluate(chain(900), [...inputs]);
    for (const kind of graphKinds)
      for (const target of targetsFor(kind)) targets[target].emit({ ...graph, kind });
  });

  function chain(count: number): Graph {
    const [node] = diagramAnswer.nodes;
    const [edge] = diagramAnswer.edges;
    assert.ok(node && edge);
    const nodes = Array.from({ length: count }, (_, index) => ({
      ...node,
      id: `${index}`,
      label: `${index}`,
      group: "",
    }));
    const edges = nodes.slice(1).map(({ id }, index) => ({ ...edge, from: `${index}`, to: id }));
    return { ...diagramAnswer, nodes, edges, groups: [], steps: [], notes: [] };
  }
});
