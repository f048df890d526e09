import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { ApiDouble, goodKey } from "../support/apiDouble.js";
import { freshFolder } from "../support/stores.js";

/** A page without words, so that nothing is read: a square of a colour at a place. */
const page = (fill: string, x = 200) =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: "#ffffff" } })
    .composite([
      {
        input: { create: { width: 160, height: 120, channels: 3, background: fill } },
        left: x,
        top: 140,
      },
    ])
    .png()
    .toBuffer();

describe("comparing on the command line", () => {
  let api: ApiDouble;
  let folder: string;
  before(async () => {
    api = await new ApiDouble().start();
  });
  after(() => api.stop());
  beforeEach(async () => {
    api.reset();
    folder = await freshFolder();
    await write("old/same.png", await page("#1a56db"));
    await write("new/same.png", await page("#1a56db"));
    await write("old/button.png", await page("#1a56db"));
    await write("new/button.png", await page("#c81e1e"));
  });
  const write = async (name: string, bytes: Uint8Array | string) => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), bytes);
  };
  const cli = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((done) => {
      const env = {
        PATH: process.env.PATH,
        SCREENSHOT_WORKBENCH_STORAGE: join(folder, ".store"),
        ...(args.includes("--offline") ? {} : { ANTHROPIC_API_KEY: goodKey }),
      };
      const all = [resolve("dist/cli.js"), "compare", ...args, "--base-url", api.url];
      execFile(process.execPath, all, { env, cwd: folder }, (error, out, err) =>
        done({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
      );
    });

  it("says what changed between two pictures, and fails only for what is asked", async () => {
    const { code, out } = await cli("old/button.png", "new/button.png", "--offline");
    assert.equal(code, 0);
    assert.match(out, /^# What changed in button\.png\n[\s\S]*#1a56db[\s\S]*#c81e1e/);
    assert.equal((await cli("old/button.png", "new/button.png", "--offline", "--fail-on", "any")).code, 1);
    assert.equal((await cli("old/button.png", "new/button.png", "--offline", "--fail-on", "none")).code, 0);
  });

  it("finds no change in equal pictures, and asks nobody, with a key, too", async () => {
    const { code, out } = await cli("old/same.png", "new/same.png", "--fail-on", "any");
    assert.equal(code, 0);
    assert.match(out, /No change\./);
    assert.deepEqual(api.requests, []);
  });

  it("asks about what changed, with both pictures by their names and the regions as data", async () => {
    api.answer = () => ({
      summary: "The square is red instead of blue.",
      changes: [
        {
          regions: ["D1"],
          what: "The square",
          change: "It is red instead of blue.",
          substance: "cosmetic",
          intent: "a new brand colour",
          confidence: "high",
        },
      ],
      seen: [
        {
          picture: "after",
          part: 1,
          box: { x: 10, y: 10, width: 60, height: 40 },
          what: "The heading",
          change: "It is bold.",
          substance: "substantive",
          intent: "",
          confidence: "high",
        },
      ],
    });
    const { code, out } = await cli("old/button.png", "new/button.png", "--fail-on", "substantive");
    assert.match(out, /The square is red instead of blue\.[\s\S]*Most likely: a new brand colour/);
    // What the pixels deny fails nothing.
    assert.match(out, /## Not supported by measurement[\s\S]*The heading[\s\S]*equal there/);
    assert.equal(code, 0);
    const [request] = api.requests;
    const content = JSON.stringify(request);
    assert.match(content, /before/);
    assert.match(content, /after/);
    assert.match(content, /<regions>\\\\?nD1 /);
  });

  it("leaves out what is ignored, by an option or by the workspace's file", async () => {
    const compared = (...args: string[]) =>
      cli("old/button.png", "new/button.png", "--offline", "--fail-on", "any", ...args);
    const { code, out } = await compared("--ignore", "190,130,200,150");
    assert.deepEqual([code, /No change\.[\s\S]*Ignored: --ignore 1/.test(out)], [0, true]);
    await write(
      ".github/screenshots/ignore.json",
      JSON.stringify({
        version: 1,
        zones: [{ name: "Advert", box: { x: 190, y: 130, width: 200, height: 150 }, pictures: "new/*" }],
      }),
    );
    assert.match((await compared()).out, /Ignored: Advert/);
    await write(".github/screenshots/ignore.json", "{");
    const broken = await compared();
    assert.deepEqual([broken.code, /is no ignore file/.test(broken.err)], [2, true]);
  });

  it("compares folders in one report, with what was added and removed, in every format", async () => {
    await write("new/fresh.png", await page("#000000"));
    await write("old/gone.png", await page("#000000"));
    const files = ["all.md", "all.html", "all.csv", "all.sarif", "all.xml"];
    const summaries = files.flatMap((file) => ["--summary", file]);
    const { code, out } = await cli("old", "new", "--offline", "--fail-on", "substantive", ...summaries);
    // A picture that is gone is substantive.
    assert.deepEqual([code, out], [1, ""]);
    for (const file of files) {
      const text = await readFile(join(folder, file), "utf8");
      for (const name of ["fresh.png", "gone.png", "button.png"]) assert.match(text, new RegExp(name), file);
    }
    assert.match(
      await readFile(join(folder, "all.md"), "utf8"),
      /\| new\/same\.png \| done \| No change\. \|/,
    );
    assert.match(await readFile(join(folder, "all.xml"), "utf8"), /tests="4" failures="2"/);
  });

  it("compares with a revision", async () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...args], { cwd: folder });
    git("init", "--quiet");
    git("add", "new");
    git("commit", "--quiet", "--message", "first");
    await write("new/same.png", await page("#1a56db", 320));
    const { out } = await cli("git:HEAD:new", "new", "--offline", "--format", "json");
    const pairs = JSON.parse(out) as Array<{
      picture: { name: string };
      pictures?: object[];
      state?: string;
    }>;
    // What is the same to the byte is not run.
    assert.deepEqual(
      pairs.map(({ picture, pictures, state }) => [picture.name, pictures?.length ?? state]),
      [
        ["same.png", 2],
        ["button.png", "same"],
      ],
    );
    assert.equal((await cli("git:nowhere:new", "new", "--offline")).code, 2);
  });

  it("exits with 2 on wrong usage", async () => {
    for (const args of [
      [],
      ["old/same.png", "new/same.png", "x.png"],
      ["old/same.png", "new"],
      ["old", "new", "--fail-on", "serious"],
      ["old", "new", "--batch"],
      ["old", "new", "--ignore", "1,2,3"],
    ]) {
      const { code, out } = await cli(...args);
      assert.deepEqual([code, out], [2, ""], args.join(" "));
    }
  });
});
