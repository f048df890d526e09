import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ApiDouble, goodKey } from "../support/apiDouble.js";
import { diagramAnswer } from "../support/cannedAnswers.js";
import { drawnTexts } from "../support/drawn.js";
import { endOcr, wordsIn } from "../support/measured.js";
import { pixel, plainPicture } from "../support/pictures.js";

const checkout = "media/samples/checkout.png";

describe("the command line", () => {
  let api: ApiDouble;
  before(async () => {
    api = await new ApiDouble().start();
  });
  beforeEach(() => api.reset());
  after(async () => {
    await api.stop();
    await endOcr();
  });

  /** What a command keeps; another folder for each, unless a test is about that. */
  let storage: string | undefined;
  afterEach(() => {
    storage = undefined;
  });
  const cli = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const folder = storage ?? mkdtempSync(join(tmpdir(), "cli-"));
      const env = {
        PATH: process.env.PATH,
        ANTHROPIC_API_KEY: goodKey,
        SCREENSHOT_WORKBENCH_STORAGE: folder,
      };
      execFile(
        process.execPath,
        ["dist/cli.js", ...args, ...(args.length > 1 ? ["--base-url", api.url] : [])],
        { env },
        (error, out, err) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      );
    });

  it("writes an audit as Markdown", async () => {
    const { code, out, err } = await cli("audit", checkout);
    assert.equal(code, 0);
    assert.match(
      err,
      /^checkout\.png: [\d,]+ visual tokens, about [\d,]+ of prompt, about [\d,]+ of answer: about US\$ 0\.\d\d\.\ncheckout\.png: claude-sonnet-5-5 · [\d,]+ tokens in, [\d,]+ out \(20 thinking\) · .*prompt cache · US\$ [\d.]+ · [\d.]+ s\n$/,
    );
    assert.match(
      out,
      /^# Accessibility audit of checkout\.png\n[\s\S]*## 1\. White on light green in the pay button/,
    );
  });

  it("writes the judged answer, the prepared size and the usage as JSON", async () => {
    const { out } = await cli("audit", checkout, "--format", "json");
    const result = JSON.parse(out) as {
      answer: { findings: Array<{ evidence: string }> };
      picture: { prepared: Array<{ width: number }> };
      usage: { output: number };
    };
    assert.deepEqual(result.answer.findings.map(({ evidence }) => evidence).sort(), [
      "confirmed",
      "confirmed",
      "measured",
      "measured",
      "measured",
      // Plain squares are no controls for sure (M14): what is claimed of them is neither confirmed nor denied.
      "seen",
      "seen",
    ]);
    assert.equal(result.picture.prepared[0]?.width, 1280);
    assert.ok(result.usage.output > 0);
  });

  it("writes Mermaid that its parser accepts, and triage", async () => {
    assert.match(
      (await cli("diagram", "media/samples/whiteboard.jpg")).out,
      /```mermaid\n---\ntitle: .*\n---\nflowchart LR\n {2}webShop\["Web shop"\]/,
    );
    assert.match((await cli("triage", "media/samples/crash.png")).out, /\*\*HTTP status:\*\* 500/);
  });

  it("writes a diagram alone in the language that is asked for, and says what cannot express it", async () => {
    const { out } = await cli("diagram", "media/samples/whiteboard.jpg", "--target", "dot");
    assert.match(out, /^digraph \{\n {2}rankdir=LR;[\s\S]*\}\n$/);
    assert.match(
      (await cli("diagram", "media/samples/whiteboard.jpg", "--target", "mermaid")).out,
      /^---\ntitle: .*\n---\nflowchart LR\n/,
    );
    api.answer = () => ({ ...diagramAnswer, kind: "sequence", edges: [] });
    const refused = await cli("diagram", "media/samples/whiteboard.jpg", "--target", "dot");
    assert.deepEqual([refused.code, refused.out], [2, ""]);
    assert.match(
      refused.err,
      /a sequence diagram, and Graphviz DOT cannot express that\. Choose another target: mermaid, plantuml, d2, drawio, typescript, python\./,
    );
  });

  it("exits with 1 on findings at or above --fail-on, with 0 below", async () => {
    assert.equal((await cli("audit", checkout, "--fail-on", "serious")).code, 1);
    api.answer = () => ({ summary: "Fine.", setAside: [], findings: [], cannotTell: [] });
    const blank = join(await mkdtemp(join(tmpdir(), "cli-")), "blank.png");
    await writeFile(blank, await plainPicture(400, 300).png().toBuffer());
    assert.equal((await cli("audit", blank, "--fail-on", "minor")).code, 0);
    // What was measured counts, even when the model finds nothing, unless it sets it aside, which is said.
    assert.equal((await cli("audit", checkout, "--fail-on", "serious")).code, 1);
    const every = Array.from({ length: 99 }, (_, position) => `T${position}`);
    api.answer = () => ({
      summary: "Fine.",
      setAside: [{ marks: every, reason: "disabled" }],
      findings: [],
      cannotTell: [],
    });
    const { code, out } = await cli("audit", checkout, "--fail-on", "serious", "--again");
    assert.equal(code, 0);
    assert.match(out, /measured failures are set aside by Claude: \d disabled\./);
  });

  it("exits with 2 on wrong usage, and says how", async () => {
    for (const args of [
      [],
      ["audit"],
      ["paint", checkout],
      ["audit", checkout, "--format", "xml"],
      ["audit", checkout, "--frmat", "json"],
      ["triage", checkout, "--format", "sarif"],
      ["audit", checkout, "--fail-on", "bad"],
      ["audit", checkout, "--target", "dot"],
      ["diagram", checkout, "--target", "visio"],
      ["diagram", checkout, "--target", "dot", "--format", "json"],
      ["audit", checkout, "--cover", "1,2,3"],
      ["audit", checkout, "--cover", "1,2,0,4"],
      ["audit", checkout, "--cover", "-1,2,3,4"],
    ]) {
      const { code, err, out } = await cli(...args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
      assert.match(err, /Usage: screenshot-workbench/);
    }
    assert.equal((await cli("--help")).code, 0);
  });

  it("gives each picture its own result; one failure does not stop the rest", async () => {
    const { code, out, err } = await cli(
      "audit",
      "package.json",
      "no-such.png",
      checkout,
      "--format",
      "json",
    );
    assert.equal(code, 2);
    assert.match(
      err,
      /(?=[\s\S]*package\.json: The file is a text file\.)[\s\S]*no-such\.png: The file does not exist/,
    );
    const results = JSON.parse(out) as Array<{ error?: string; answer?: object }>;
    assert.deepEqual(
      results.map(({ error, answer }) => [error !== undefined, answer !== undefined]),
      [
        [true, false],
        [true, false],
        [false, true],
      ],
    );
  });

  it("writes one file a picture with --out, also when names collide", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cli-"));
    const { code, out } = await cli("audit", checkout, checkout, "--format", "sarif", "--out", folder);
    assert.deepEqual([code, out], [0, ""]);
    assert.deepEqual((await readdir(folder)).sort(), ["checkout.png-2.sarif", "checkout.png.sarif"]);
    assert.match(
      await readFile(join(folder, "checkout.png.sarif"), "utf8"),
      /"uri": "media\/samples\/checkout\.png"/,
    );
  });

  it("names files by the order of the pictures, whichever ends first", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pictures-"));
    const [first, second] = ["a", "b"].map((name) => join(folder, name, "x.png"));
    for (const [index, path] of [first, second].entries()) {
      await mkdir(dirname(path ?? ""));
      await plainPicture(index === 0 ? 1600 : 40, 40)
        .png()
        .toFile(path ?? "");
    }
    const out = join(folder, "out");
    const { code } = await cli("audit", first ?? "", second ?? "", "--format", "json", "--out", out);
    assert.equal(code, 0);
    const widthIn = async (file: string) =>
      (JSON.parse(await readFile(join(out, file), "utf8")) as { picture: { width: number } }).picture.width;
    assert.deepEqual([await widthIn("x.png.json"), await widthIn("x.png-2.json")], [1600, 40]);
  });

  it("looks at the places of its results before it asks, and never writes through a link", async () => {
    const folder = await mkdtemp(join(tmpdir(), "places-"));
    const file = join(folder, "file");
    await writeFile(file, "mine");
    for (const place of [
      ["--summary", join(folder, "nowhere", "x.md")],
      ["--summary", join(folder, "file", "x.md")],
      ["--out", join(file, "x")],
    ]) {
      const { code, err } = await cli("audit", checkout, ...place);
      assert.equal(code, 2);
      assert.match(err, /^Results cannot be written to .*\. Choose another place\.\n$/);
    }
    assert.equal(api.requests.length, 0);
    const out = join(folder, "out");
    await mkdir(out);
    await symlink(file, join(out, "checkout.png.md"));
    assert.equal((await cli("audit", checkout, "--out", out)).code, 2);
    assert.equal(await readFile(file, "utf8"), "mine");
  });

  it("exits with 3 when the API fails, without a stack or the key", async () => {
    api.faults.push({ status: 402, type: "billing_error" });
    const { code, err } = await cli("audit", checkout);
    assert.equal(code, 3);
    assert.match(err, /\ncheckout\.png: The API account cannot be billed\. Add credit/);
    assert.ok(!err.includes(goodKey) && !err.includes("    at "));
  });

  it("shrinks a picture to the size that the API names, and sends it once more", async () => {
    api.limits = () => ({ longEdge: 800, visualTokens: 600 });
    const { code, out } = await cli("audit", checkout, "--format", "json");
    assert.equal(code, 0);
    const { picture } = JSON.parse(out) as {
      picture: { prepared: Array<{ width: number; height: number }> };
    };
    assert.deepEqual([api.questions.length, picture.prepared[0]?.width], [2, 800]);
  });

  it("shrinks once when the request is too large, then gives up", async () => {
    api.faults.push({ status: 413, type: "request_too_large" });
    assert.equal((await cli("audit", checkout)).code, 0);
    api.faults.push({ status: 413, type: "request_too_large" }, { status: 413, type: "request_too_large" });
    assert.match((await cli("audit", checkout)).err, /too large, even after shrinking/);
  });

  it("sends a tall page in labelled parts", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cli-"));
    await writeFile(join(folder, "tall.png"), await plainPicture(400, 4000).png().toBuffer());
    assert.equal((await cli("audit", join(folder, "tall.png"))).code, 0);
    const body = api.questions[0]?.body;
    assert.ok((body?.images.length ?? 0) > 1);
    assert.match(body?.text ?? "", /^part 1 of \d+\n/);
  });

  it("keeps a label that imitates syntax a label", async () => {
    api.answer = () => ({
      ...diagramAnswer,
      title: "```\n# x",
      nodes: diagramAnswer.nodes.map((node) => ({ ...node, label: 'x"]; click n1 "https://evil.example"' })),
    });
    const { code, out } = await cli("diagram", "media/samples/whiteboard.jpg");
    assert.equal(code, 0);
    assert.ok(!/^\s*click/m.test(out));
  });

  it("covers secrets before it asks, with nobody to ask, unless it is told not to look", async () => {
    const card = join(await mkdtemp(join(tmpdir(), "cli-")), "card.png");
    await writeFile(card, await drawnTexts([{ text: "Invoice 2041" }, { text: "Card 4111 1111 1111 1111" }]));
    const sent = async () => {
      const body = api.questions.at(-1)?.body;
      assert.ok(body);
      const rest = JSON.stringify({ ...body, images: [] });
      return { seen: await wordsIn(body.images[0]?.bytes ?? Buffer.alloc(0)), rest };
    };
    const { err } = await cli("audit", card);
    assert.match(err, /^card\.png: Covered in the picture before it was used: a likely payment card number/);
    const covered = await sent();
    assert.match(covered.seen, /Invoice 2041/);
    assert.doesNotMatch(covered.seen + covered.rest, /4111/);
    await cli("audit", card, "--redaction", "off");
    assert.match((await sent()).seen, /4111 ?1111 ?1111 ?1111/);
  });

  it("covers the places that are named, and nothing of them is in the request's text", async () => {
    const page = join(await mkdtemp(join(tmpdir(), "cli-")), "page.png");
    await writeFile(
      page,
      await drawnTexts([{ text: "Invoice 2041" }, { text: "For Marta Brandstetter, Wiesenweg" }]),
    );
    storage = mkdtempSync(join(tmpdir(), "cli-"));
    const sent = async (...args: string[]) => {
      const { code, err } = await cli("audit", page, ...args);
      assert.equal(code, 0, err);
      const body = api.questions.at(-1)?.body;
      assert.ok(body);
      const [image] = body.images;
      assert.ok(image);
      const rest = JSON.stringify({ ...body, images: [] });
      return { bytes: image.bytes, words: (await wordsIn(image.bytes)) + rest, err };
    };
    assert.match((await sent()).words, /Brandstetter(.|\n)*Brandstetter/);
    const { bytes, words, err } = await sent("--cover", "60,60,170,30", "--cover", "300,1,20,20");
    assert.equal(api.questions.length, 2);
    assert.match(err, /^page\.png: Covered by hand before it was used: 2 places\.$/m);
    assert.match(words, /Invoice 2041(.|\n)*Invoice 2041/);
    assert.doesNotMatch(words, /Marta|Brandst/);
    for (const [x, y] of [
      [60, 60],
      [229, 89],
      [300, 1],
      [319, 20],
    ] as const)
      assert.deepEqual(await pixel(bytes, x, y), [31, 31, 31], `${x}, ${y}`);
    // Known by then, and without being asked again.
    await sent("--cover", "60,60,170,30", "--cover", "300,1,20,20");
    assert.equal(api.questions.length, 2);
  });

  it("measures alone without a key or with --offline; a diagram needs one, and says so", async () => {
    const keyless = (...args: string[]) =>
      new Promise<{ code: unknown; out: string; err: string }>((resolve) =>
        execFile(process.execPath, ["dist/cli.js", ...args], { env: {} }, (error, out, err) =>
          resolve({ code: error?.code ?? 0, out, err }),
        ),
      );
    const audit = await keyless("audit", checkout);
    assert.equal(audit.code, 0);
    assert.match(audit.err, /ANTHROPIC_API_KEY: the picture is measured alone/);
    assert.match(audit.out, /Text “Pay now” has a contrast of 1\.57:1/);
    const enhanced = await keyless("audit", checkout, "--level", "AAA");
    assert.doesNotMatch(audit.out, /WCAG 1\.4\.6/);
    assert.match(enhanced.out, /WCAG 1\.4\.6 .*\n\n.*\n- Problem: .*; 7:1 is needed\./);
    const diagram = await keyless("diagram", "media/samples/whiteboard.jpg");
    assert.deepEqual([diagram.code, diagram.out], [2, ""]);
    assert.match(diagram.err, /needs Claude.*ANTHROPIC_API_KEY/);
    const offline = await cli("triage", "media/samples/crash.png", "--offline");
    assert.match(offline.out, /\*\*HTTP status:\*\* 500/);
    assert.equal(api.questions.length, 0);
  });
});
