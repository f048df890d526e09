import assert from "node:assert/strict";
import { resolve } from "node:path";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";

/** What the real parser, in its worker, makes of texts that no pattern knows (S12). */
describe("Mermaid's own parser, asked what it found (S12)", () => {
  const parser = new MermaidParser(resolve("dist/mermaidWorker.js"));
  after(() => parser.dispose());

  const live: Record<string, string> = {
    "a participant's icon": 'sequenceDiagram\nparticipant A\nproperties A: {"icon": "http://evil.example/x"}',
    "a participant's link": "sequenceDiagram\nparticipant A\nlink A: a @ https://evil.example",
    "a click": 'flowchart TD\n  a\n  click a href "https://evil.example"',
    "a click after a bare CR": 'flowchart TD\r  a\r  click a href "https://evil.example"',
    "a picture in a node": 'flowchart TD\n  a@{ img: "https://evil.example/x.png" }',
    "an icon in a node": 'flowchart TD\n  a@{ icon: "evil:x" }',
    "a class's link": 'classDiagram\n  class A\n  link A "https://evil.example"',
    "a class's callback": 'classDiagram\n  class A\n  callback A "alert"',
  };
  for (const [what, text] of Object.entries(live))
    it(`refuses ${what}`, async () => {
      const verdict = await parser.parse(text);
      assert.ok(!verdict.valid);
      assert.match(verdict.message, /what loads or links is not allowed here/);
    });

  it("has nothing against diagrams that load and link nothing", async () => {
    for (const text of [
      "flowchart TD\n  a[link] --> b[icon]",
      "sequenceDiagram\n  participant A\n  A->>A: properties",
      "classDiagram\n  class A {\n    +String link\n    icon()\n  }",
      "erDiagram\n  A {\n    string url\n  }",
      "stateDiagram-v2\n  link --> icon",
      "gantt\n  dateFormat YYYY-MM-DD\n  a :2024-01-01, 3d",
      "mindmap\n  root\n    icon",
      'pie\n  "link" : 3',
      "timeline\n  2020 : link",
    ])
      assert.deepEqual({ text, valid: (await parser.parse(text)).valid }, { text, valid: true });
  });
});
