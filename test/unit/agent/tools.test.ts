import assert from "node:assert/strict";
import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { z } from "zod";
import { toolsFor } from "../../../src/agent/tools.js";
import { Agent } from "../../support/agent.js";
import { ApiDouble, goodKey } from "../../support/apiDouble.js";
import { sample } from "../../support/pictures.js";

const Place = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const View = z.object({
  picture: z.object({ width: z.number(), height: z.number(), pixelRatio: z.number() }),
  shown: Place,
  view: z.object({ width: z.number(), height: z.number(), scale: z.number() }),
});
const Text = z.object({
  id: z.string(),
  text: z.string(),
  at: Place,
  contrast: z.number().nullable(),
  passes: z.boolean().optional(),
  foreground: z.string().optional(),
});
const Measured = z.object({
  texts: z.array(Text),
  controls: z.array(z.object({ id: z.string(), kind: z.string(), at: Place })),
});
const Region = z.object({
  colours: z.array(z.object({ colour: z.string(), share: z.number() })),
  contrasts: z.array(z.object({ between: z.array(z.string()), ratio: z.number() })),
  distances: z.array(z.object({ from: z.string(), to: z.string(), cssPx: z.number() })),
});
const Verdicts = z.object({
  verdicts: z.array(
    z.object({
      number: z.number(),
      title: z.string(),
      evidence: z.string(),
      measured: z.string().optional(),
    }),
  ),
  report: z.string().optional(),
});
const Written = z.object({ text: z.string(), lost: z.array(z.string()) });

const picture = "checkout.png";

describe("the tools for agents", () => {
  let agent: Agent;
  let folder: string;
  const called = new Set<string>();
  const call = (name: string, args: Record<string, unknown>) => {
    called.add(name);
    return agent.call(name, args);
  };
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tools-"));
    await cp("media/samples/checkout.png", join(folder, picture));
    agent = await Agent.start(["--root", folder]);
  });
  after(() => agent.stop());

  it("are listed as reading only, and as reaching nothing outside", async () => {
    const { tools } = await agent.client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      toolsFor(false).map(({ name }) => name),
    );
    for (const { name, annotations, outputSchema } of tools) {
      assert.deepEqual(annotations, { readOnlyHint: true, openWorldHint: false }, name);
      // With one, text and picture would not reach the model in some hosts.
      assert.equal(outputSchema, undefined, name);
    }
  });

  it("show a picture that can be decoded, with its size and pixel ratio", async () => {
    const answer = await call("view_picture", { path: picture, max_side: 400, marks: ["C1", "T99"] });
    const { picture: original, view } = View.parse(answer.json);
    assert.deepEqual(original, { width: 1280, height: 800, pixelRatio: 1 });
    assert.deepEqual(view, { width: 400, height: 250, scale: 0.3125 });
    const [image] = answer.pictures;
    const { width, height, format } = await sharp(image?.bytes).metadata();
    assert.deepEqual([width, height, `image/${format}`], [400, 250, image?.mimeType]);
    assert.equal(answer.hasStructure, false);
    assert.match(answer.text, /"unknownMarks":\["T99"\]/);
  });

  it("show a region at its own resolution", async () => {
    const region = { x: 40, y: 508, width: 121, height: 44 };
    const answer = await call("view_picture", { path: picture, region });
    assert.deepEqual(View.parse(answer.json).shown, [40, 508, 121, 44]);
    const { data, info } = await sharp(answer.pictures[0]?.bytes)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [121, 44]);
    // The ground of the button, where nothing is written.
    const at = (22 * 121 + 10) * 3;
    assert.deepEqual([...data.subarray(at, at + 3)], [0x7e, 0xe2, 0xa8]);
  });

  it("measure a picture, and a region of it", async () => {
    const { texts, controls } = Measured.parse((await call("measure_picture", { path: picture })).json);
    const pay = texts.find(({ text }) => text === "Pay now");
    assert.deepEqual(
      [pay?.contrast, pay?.passes, pay?.foreground],
      [1.57, false, "#ffffff"],
      JSON.stringify(pay),
    );
    assert.ok(controls.some(({ kind, at: [x, y] }) => kind === "field" && x === 40 && y === 214));
    const region = { x: 40, y: 508, width: 121, height: 44 };
    const answer = (await call("measure_picture", { path: picture, region })).json;
    assert.deepEqual(
      Measured.parse(answer).texts.map(({ text }) => text),
      ["Pay now"],
    );
    const { colours, contrasts } = Region.parse(answer);
    assert.deepEqual(
      colours.slice(0, 2).map(({ colour }) => colour),
      ["#7ee2a8", "#ffffff"],
    );
    assert.deepEqual(contrasts[0], { between: ["#7ee2a8", "#ffffff"], ratio: 1.57 });
    const rows = { x: 860, y: 150, width: 380, height: 140 };
    const { distances } = Region.parse((await call("measure_picture", { path: picture, region: rows })).json);
    assert.ok(distances.length > 5 && distances.every(({ cssPx }) => cssPx >= 0));
  });

  it("read the words of a picture with their places", async () => {
    const { lines } = z
      .object({ lines: z.array(z.object({ text: z.string(), at: Place, certainty: z.number() })) })
      .parse((await call("read_text", { path: picture })).json);
    const found = lines.find(({ text }) => text.includes("Almost there"));
    assert.ok(found && found.certainty > 80, JSON.stringify(lines));
    const [x, y] = found.at;
    assert.ok(Math.abs(x - 40) < 5 && Math.abs(y - 104) < 8, String(found.at));
  });

  it("audit a screenshot by measure, and say what to look for", async () => {
    const { text } = await call("audit_screenshot", { path: picture });
    assert.match(text, /“Pay now” has a contrast of 1\.57:1/);
    assert.match(text, /"rubric":"You are an accessibility auditor/);
    assert.match(text, /Keyboard operation/);
    assert.match(text, /check_findings/);
    const brief = await call("audit_screenshot", { path: picture, rubric: false });
    assert.doesNotMatch(brief.text, /accessibility auditor/);
  });

  it("weigh an agent's claims against the pixels, and mark them in the picture", async () => {
    const { texts } = Measured.parse((await call("measure_picture", { path: picture })).json);
    const idOf = (words: string) => texts.find(({ text }) => text.includes(words))?.id ?? "";
    const claim = { criterion: "1.4.3", impact: "serious", problem: "It is pale" };
    const answer = await call("check_findings", {
      path: picture,
      summary: "A checkout.",
      findings: [
        { ...claim, title: "Pale button", marks: [idOf("Pay now")] },
        { ...claim, title: "Pale heading", box: { x: 38, y: 100, width: 176, height: 30 }, value: 2 },
        { ...claim, title: "No label", criterion: "3.3.2", marks: [] },
      ],
    });
    const { verdicts } = Verdicts.parse(answer.json);
    const evidenceOf = (title: string) => verdicts.find((one) => one.title === title);
    assert.equal(evidenceOf("Pale button")?.evidence, "confirmed");
    assert.equal(evidenceOf("Pale heading")?.evidence, "contradicted");
    assert.match(evidenceOf("Pale heading")?.measured ?? "", /1\d\.\d+:1/);
    assert.equal(evidenceOf("No label")?.evidence, "seen");
    assert.ok(verdicts.some(({ evidence }) => evidence === "measured"));
    const { width, height } = await sharp(answer.pictures[0]?.bytes).metadata();
    assert.deepEqual([width, height], [1280, 800]);
  });

  it("write the report in every format that holds findings", async () => {
    const findings = [{ title: "Pale", criterion: "1.4.3", impact: "minor", problem: "It is pale" }];
    const starts = {
      markdown: /^# /,
      json: /^\{/,
      html: /^<!doctype html/i,
      csv: /picture|path/i,
      sarif: /"runs"/,
    };
    for (const [format, start] of Object.entries(starts)) {
      const answer = await call("check_findings", { path: picture, findings, format });
      assert.match(Verdicts.parse(answer.json).report ?? "", start, format);
    }
  });

  it("say what differs between two pictures, and mark it in the second", async () => {
    const patch = { create: { width: 121, height: 44, channels: 3 as const, background: "#8800cc" } };
    await sharp(sample(picture))
      .composite([{ input: patch, left: 40, top: 508 }])
      .png()
      .toFile(join(folder, "after.png"));
    const answer = await call("compare_screenshots", { before: picture, after: "after.png" });
    const { changes } = z
      .object({ changes: z.array(z.object({ kind: z.string(), after: Place.optional() })) })
      .parse(answer.json);
    assert.ok(changes.length > 0 && changes.length < 4, answer.text);
    for (const [x, y, width, height] of changes.flatMap(({ after }) => (after ? [after] : []))) {
      assert.ok(x >= 30 && y >= 498, answer.text);
      assert.ok(x + width <= 171 && y + height <= 562, answer.text);
    }
    assert.equal((await sharp(answer.pictures[0]?.bytes).metadata()).width, 1280);
    const same = await call("compare_screenshots", { before: picture, after: picture });
    assert.match(same.text, /"changes":\[\]/);
  });

  it("fill an issue from the agent's reading, and say what OCR reads of it", async () => {
    const template = join(folder, "bug.md");
    await writeFile(
      template,
      "---\nname: Bug\ntitle: '[Bug]'\nlabels: triage\n---\n## What happened\n\n## Errors\n",
    );
    const reading = {
      title: "The postcode is refused",
      whatHappened: { value: "It is red.", confidence: "high" },
      errorMessages: ["Almost there", "Nothing of the kind"],
    };
    const answer = await call("fill_issue", { path: picture, reading, template: "bug.md" });
    const { title, body, labels, quotedWords } = z
      .object({
        title: z.string(),
        body: z.string(),
        labels: z.array(z.string()),
        quotedWords: z.array(z.object({ text: z.string(), evidence: z.string() })),
      })
      .parse(answer.json);
    assert.equal(title, "[Bug] The postcode is refused");
    assert.match(body, /## What happened\n\nIt is red\./);
    assert.deepEqual(labels, ["triage"]);
    assert.deepEqual(
      quotedWords.map(({ evidence }) => evidence),
      ["confirmed", "seen"],
    );
    assert.match((await call("fill_issue", { path: picture, reading })).text, /Steps to reproduce/);
  });

  it("give the form of a graph, write one, and read it back", async () => {
    const { text: schema } = await call("diagram_schema", {});
    assert.match(schema, /"rules":"You read a picture of a diagram/);
    const graph = {
      kind: "flowchart",
      nodes: [
        { id: "order", label: "Order" },
        { id: "paid", label: "Paid?", shape: "diamond" },
      ],
      edges: [{ from: "order", to: "paid", endHead: "arrow", label: "then" }],
    };
    const mermaid = Written.parse((await call("write_diagram", { graph, target: "mermaid" })).json);
    assert.match(mermaid.text, /order\["Order"\]/);
    await writeFile(join(folder, "flow.mmd"), mermaid.text);
    const { graph: read } = z
      .object({ graph: z.looseObject({}) })
      .parse((await call("read_diagram", { path: "flow.mmd" })).json);
    const again = Written.parse((await call("write_diagram", { graph: read, target: "mermaid" })).json);
    assert.equal(again.text, mermaid.text);
    const wrong = await call("write_diagram", { graph, target: "sql" });
    assert.ok(wrong.isError);
    assert.match(wrong.text, /Choose another target: mermaid, plantuml/);
    const none = await call("write_diagram", { graph: { kind: "cloud" }, target: "mermaid" });
    assert.match(none.text, /graph\.kind.*diagram_schema/);
  });

  it("hold read values against the picture, with their sums and the schema that is wanted", async () => {
    const amount = (text: string, y: number) => ({
      text,
      type: "number",
      box: { x: 1157, y, width: 57, height: 12 },
    });
    const row = (cells: string[], y: number) => ({ cells, box: { x: 885, y, width: 330, height: 15 } });
    const { json } = await call("extract_check", {
      path: picture,
      numbers: "1,234.56",
      values: [
        { path: "/shipping", ...amount("£4.50", 232) },
        { path: "/total", ...amount("£157.50", 264) },
      ],
      tables: [
        {
          path: "/items",
          columns: [{ name: "description" }, { name: "amount", type: "number" }],
          rows: [row(["Trail jacket, size M", "£129.00"], 168), row(["Wool socks, 3 pairs", "£42.00"], 200)],
        },
      ],
      schema: '{"type":"object","required":["date"]}',
    });
    const told = z
      .object({
        verdicts: z.array(
          z.object({ path: z.string(), evidence: z.string(), ocrReads: z.string().optional() }),
        ),
        checks: z.array(z.object({ words: z.string(), holds: z.boolean() })),
        data: z.object({ total: z.number() }),
        schemaProblems: z.array(z.string()),
      })
      .parse(json);
    assert.deepEqual(
      told.verdicts.filter(({ evidence }) => evidence !== "confirmed"),
      [{ path: "/items/1/amount", evidence: "contradicted", ocrReads: "£24.00" }],
    );
    assert.deepEqual(told.checks, [
      { words: "The items add up to the total: it is 175.5, not 157.5", holds: false },
    ]);
    assert.equal(told.data.total, 157.5);
    assert.deepEqual(told.schemaProblems, ["/ must have required property 'date'"]);
  });

  it("are all called here", () => {
    assert.deepEqual(
      [...called].sort(),
      toolsFor(false)
        .map(({ name }) => name)
        .sort(),
    );
  });
});

describe("the tool that asks Claude", () => {
  let api: ApiDouble;
  let agent: Agent;
  before(async () => {
    api = await new ApiDouble().start();
    agent = await Agent.start(["--root", "media/samples", "--base-url", api.url], {
      ANTHROPIC_API_KEY: goodKey,
    });
  });
  beforeEach(() => api.reset());
  after(async () => {
    await agent.stop();
    await api.stop();
  });

  it("is there where a key is, and reaches the world", async () => {
    const { tools } = await agent.client.listTools();
    const ask = tools.find(({ name }) => name === "ask_claude");
    assert.deepEqual([ask?.annotations?.openWorldHint, ask?.annotations?.readOnlyHint], [true, false]);
  });

  it("sends nothing that could cost more than the agent allows", async () => {
    const args = { workflow: "audit", path: picture, max_cost: 0.0001 };
    const answer = await agent.call("ask_claude", args);
    assert.ok(answer.isError);
    assert.match(answer.text, /Nothing was sent: the budget of/);
    assert.equal(api.counts.questions, 0);
  });

  it("asks, and says what it took", async () => {
    const answer = await agent.call("ask_claude", { workflow: "audit", path: picture, max_cost: 1 });
    const { result, took } = z.object({ result: z.string(), took: z.array(z.string()) }).parse(answer.json);
    assert.match(result, /^# Accessibility audit of checkout\.png/);
    assert.match(took.join(" "), /tokens in/);
  });

  it("is not there without a key", async () => {
    assert.ok(!toolsFor(false).some(({ name }) => name === "ask_claude"));
  });
});
