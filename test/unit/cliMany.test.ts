import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ApiDouble, goodKey } from "../support/apiDouble.js";
import { auditAnswer } from "../support/cannedAnswers.js";
import { numbered } from "../support/dependencies.js";
import { freshFolder } from "../support/stores.js";

describe("the command line, on many pictures", () => {
  let api: ApiDouble;
  /** The working folder, with four pictures in `shots`, two of them alike. */
  let folder: string;
  let storage: string;
  before(async () => {
    api = await new ApiDouble().start();
  });
  beforeEach(async () => {
    api.reset();
    folder = await freshFolder();
    storage = await freshFolder();
    await mkdir(join(folder, "shots", "more"), { recursive: true });
    for (const [name, number] of Object.entries({ "1": 1, "2": 2, "more/3": 3, "more/again": 1 }))
      await writeFile(join(folder, "shots", `${name}.png`), await numbered(number));
  });
  after(() => api.stop());

  const cli = (
    args: string[],
    key: string | undefined = goodKey,
    cwd = folder,
  ): Promise<{ code: number; out: string; err: string }> =>
    new Promise((done) => {
      const env = {
        PATH: process.env.PATH,
        SCREENSHOT_WORKBENCH_STORAGE: storage,
        ...(key ? { ANTHROPIC_API_KEY: key } : {}),
      };
      execFile(
        process.execPath,
        [resolve("dist/cli.js"), ...args, "--base-url", api.url],
        { env, cwd },
        (error, out, err) => done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      );
    });
  const audit = (...args: string[]) => cli(["audit", "shots", ...args]);

  it("takes folders, asks about identical pictures once, and writes one summary of all", async () => {
    const { code, out, err } = await audit(
      "--summary",
      "all.md",
      "--summary",
      "all.html",
      "--summary",
      "all.csv",
      "--summary",
      "all.sarif",
    );
    assert.deepEqual([code, out, api.questions.length], [0, "", 3]);
    assert.match(err, /4 pictures, 1 asked already or repeated.*about US\$/);
    assert.match(err, /4 pictures: 0 done, 4 to review, US\$ 0\.0\d/);
    const markdown = await readFile(join(folder, "all.md"), "utf8");
    assert.match(markdown, /## White on light green in the pay button\n\n\*\*critical\*\*.*4 places/);
    assert.match(markdown, /\| shots\/more\/again\.png \| review \| 1 critical/);
    const html = await readFile(join(folder, "all.html"), "utf8");
    assert.match(html, /<h2>White on light green in the pay button<\/h2>/);
    assert.doesNotMatch(html, /<script|javascript:/);
    const csv = (await readFile(join(folder, "all.csv"), "utf8")).trim().split("\r\n");
    assert.match(csv[0] ?? "", /^picture,state,criterion,/);
    assert.equal(csv.length - 1, csv.filter((line) => line.startsWith("shots/")).length);
    const sarif = JSON.parse(await readFile(join(folder, "all.sarif"), "utf8")) as {
      runs: Array<{ results: Array<{ partialFingerprints: object }> }>;
    };
    const prints =
      sarif.runs[0]?.results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints)) ?? [];
    assert.equal(new Set(prints).size, prints.length);
    assert.equal(sarif.runs.length, 1);
  });

  it("asks nothing that was asked before, unless it is told to", async () => {
    await audit("--summary", "all.md");
    assert.match(
      (await audit("--summary", "all.md")).err,
      /1\.png: claude-sonnet-5-5 · From cache, .*; nothing was sent/,
    );
    assert.equal(api.questions.length, 3);
    await audit("--again", "--at-once", "1", "--summary", "all.md");
    assert.equal(api.questions.length, 7);
  });

  it("says what it would cost, about or exactly, and asks nothing", async () => {
    const { out } = await audit("--estimate");
    assert.match(out, /^4 pictures, 1 asked already or repeated, [\d,]+ visual tokens, about US\$ 0\.\d+\n$/);
    const [now, later] = [out, (await audit("--estimate", "--batch")).out].map((text) =>
      Number(/US\$ ([\d.]+)/.exec(text)?.[1]),
    );
    assert.ok((later ?? 9) < (now ?? 0));
    const counted = (await audit("--count-tokens")).out.trim().split("\n");
    assert.equal(counted.length, 4);
    assert.match(counted[0] ?? "", /^\d{4}\tshots\/1\.png$/);
    assert.equal(api.questions.length, 0);
  });

  it("is not aboveThreshold without being told to be", async () => {
    const aboveThreshold = ["--model", "claude-opus-5-5", "--effort", "low"];
    for (let number = 10; number < 22; number++)
      await writeFile(join(folder, "shots", `${number}.png`), await numbered(number));
    const { code, err } = await audit(...aboveThreshold);
    assert.deepEqual([code, api.questions.length], [2, 0]);
    assert.match(
      err,
      /Nothing was sent: this most likely costs US\$ \d\.\d\d\. Add --yes, or a bound with --max-cost\./,
    );
    const bounded = await audit(
      ...aboveThreshold,
      "--max-cost",
      "0.5",
      "--at-once",
      "1",
      "--summary",
      "all.md",
    );
    assert.equal(bounded.code, 3);
    assert.ok(api.questions.length > 0 && api.questions.length < 15, `${api.questions.length} were asked`);
    assert.match(bounded.err, /budget of US\$ 0\.50 for one command does not suffice/);
  });

  it("fails on findings that the baseline does not know, and knows them again when pixels have moved", async () => {
    assert.equal((await audit("--fail-on", "serious", "--summary", "all.md")).code, 1);
    assert.equal((await audit("--update-baseline", "--summary", "all.md")).code, 0);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes("baseline")),
      [".screenshot-workbench-baseline.json"],
    );
    assert.equal((await audit("--fail-on", "serious", "--summary", "all.md")).code, 0);
    // Other pixels, and the boxes elsewhere: the same findings.
    await writeFile(join(folder, "shots", "1.png"), await numbered(77));
    api.answer = () => ({
      ...auditAnswer,
      findings: auditAnswer.findings.map((finding) => ({
        ...finding,
        box: finding.box && { ...finding.box, y: finding.box.y + 9 },
      })),
    });
    const moved = await audit("--fail-on", "minor", "--summary", "all.md", "--summary", "all.sarif");
    assert.equal(moved.code, 0);
    assert.match(await readFile(join(folder, "all.sarif"), "utf8"), /"baselineState": "unchanged"/);
    // Another problem is new.
    await writeFile(join(folder, "shots", "1.png"), await numbered(78));
    const [first] = auditAnswer.findings;
    api.answer = () => ({
      ...auditAnswer,
      findings: [...auditAnswer.findings, { ...first, title: "Another problem" }],
    });
    assert.equal((await audit("--fail-on", "minor", "--summary", "all.md")).code, 1);
    assert.match(
      (await audit("--baseline", "none.json")).err,
      /There is no baseline none\.json\. Write one with --update-baseline/,
    );
  });

  it("measures many without a key, and sums that up", async () => {
    const { code, err } = await cli(
      ["audit", "shots", "--summary", "all.sarif", "--fail-on", "critical"],
      "",
    );
    assert.equal(code, 0);
    assert.match(err, /No API key is set/);
    assert.match(await readFile(join(folder, "all.sarif"), "utf8"), /"version": "2\.1\.0"/);
    assert.equal(api.requests.length, 0);
  });

  it("submits a batch, waits for it, and writes what came", async () => {
    const submitted = await audit("--batch", "--effort", "high", "--pixel-ratio", "2");
    assert.equal(submitted.code, 0);
    const id = submitted.out.trim();
    assert.match(id, /^msgbatch_\w+$/);
    const now = await audit("--effort", "high", "--pixel-ratio", "2", "--summary", "all.md");
    assert.deepEqual([now.code, api.questions.length], [3, 0]);
    assert.match(now.err, /1\.png: This was submitted at half price/);
    const { out } = await audit("--effort", "high", "--pixel-ratio", "2", "--estimate");
    assert.match(out, /^4 pictures, 4 asked already or repeated, 0 visual tokens, nothing to pay$/m);
    assert.match((await cli(["batch", "status", id])).out, /in progress, 0 answered, 3 waiting/);
    const early = await cli(["batch", "results", id]);
    assert.deepEqual([early.code, early.out], [3, ""]);
    api.batches.endAll();
    // A wait of a day outlives an API that is away, for longer than is retried.
    const away = { status: 503, type: "api_error", headers: { "retry-after": "0" } };
    api.faults.push(...Array(4).fill(away));
    const waited = await cli(["batch", "wait", id, "--format", "json"]);
    assert.match(waited.err, /had an internal error.*still waited for/);
    const results = JSON.parse(waited.out) as Array<{ picture: { name: string }; answer?: object }>;
    assert.deepEqual(results.map(({ picture }) => picture.name).sort(), [
      "1.png",
      "2.png",
      "3.png",
      "again.png",
    ]);
    assert.ok(results.every(({ answer }) => answer));
    // From now on, the answers are known.
    await audit("--effort", "high", "--pixel-ratio", "2", "--summary", "all.md");
    assert.equal(api.questions.length, 0);
  });

  it("finds a batch whose submission broke off, and names it whenever it is asked for again", async () => {
    api.faults.push("reset");
    const first = await audit("--batch");
    const id = api.batches.held[0]?.id;
    assert.deepEqual([first.code, first.out], [0, `${id}\n`]);
    const again = await audit("--batch");
    assert.deepEqual([again.code, again.out], [0, `${id}\n`]);
    assert.match(again.err, /Some are awaited already/);
    assert.equal(api.batches.held.length, 1);
  });

  it("has the answers of a batch that has ended, without being told to fetch them", async () => {
    await audit("--batch");
    api.batches.endAll();
    const { code, err } = await audit("--summary", "all.md");
    assert.deepEqual([code, api.questions.length], [0, 0]);
    assert.match(err, /4 pictures: 0 done, 4 to review/);
  });

  it("finds a batch's pictures from any folder", async () => {
    const id = (await audit("--batch")).out.trim();
    api.batches.endAll();
    const { out, code } = await cli(["batch", "results", id, "--format", "json"], goodKey, tmpdir());
    assert.deepEqual([code, (JSON.parse(out) as object[]).length], [0, 4]);
  });

  it("picks a batch up on another machine, with the pictures named", async () => {
    const id = (await audit("--batch")).out.trim();
    const card = "4111 1111 1111 1111";
    api.answer = () => ({ ...auditAnswer, summary: `Paid with ${card}.` });
    api.batches.endAll();
    storage = await freshFolder();
    const unnamed = await cli(["batch", "results", id]);
    assert.equal(Object.keys(JSON.parse(unnamed.out) as object).length, 3);
    assert.match(unnamed.err, /3 answers belong to pictures that are not known here/);
    const { out, code } = await cli(["batch", "results", id, "shots", "--format", "json"]);
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as object[]).length, 4);
    // What a model read in spite of all is not said here either.
    assert.ok(unnamed.out.includes("Paid with") && out.includes("Paid with"));
    assert.ok(!`${unnamed.out}${out}`.includes(card));
    assert.equal(api.questions.length, 0);
  });

  it("cancels a batch, and keeps what was answered", async () => {
    const id = (await audit("--batch")).out.trim();
    assert.match((await cli(["batch", "cancel", id])).err, /being cancelled/);
    api.batches.endAll();
    const { code, err } = await cli(["batch", "results", id, "--summary", "all.csv"]);
    assert.equal(code, 3);
    assert.match(err, /4 pictures: 0 done, [23] to review, [12] failed/);
    assert.match(
      await readFile(join(folder, "all.csv"), "utf8"),
      /failed,.*Cancelled before it was answered/,
    );
  });
});
