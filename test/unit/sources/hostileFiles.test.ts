import assert from "node:assert/strict";
import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, open, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CancelledError } from "../../../src/errors.js";
import { mostBytes } from "../../../src/image/caps.js";
import { headOf, sha256OfFile } from "../../../src/sources/file.js";
import { hashRegularFile, readBeginning, readRegularFile } from "../../../src/sources/regularFile.js";
import { refused } from "../../support/expect.js";
import { plainSources } from "../../support/sources.js";
import { freshFolder } from "../../support/stores.js";

const most = 1024 * 1024;

/** Files that an honest person does not name, by what they are; each in a folder of its own. */
async function hostileFiles(name: string): Promise<Record<string, string>> {
  const folder = await freshFolder();
  const at = async (kind: string) => {
    await mkdir(join(folder, kind));
    return join(folder, kind, name);
  };
  const pipe = await at("pipe");
  execFileSync("mkfifo", [pipe]);
  const linked = await at("link to a pipe");
  await symlink(pipe, linked);
  const device = await at("link to an endless device");
  await symlink("/dev/zero", device);
  const loop = await at("link to itself");
  await symlink(loop, loop);
  const sparse = await at("sparse file");
  const file = await open(sparse, "w");
  await file.truncate(mostBytes + 1);
  await file.close();
  const inside = await at("folder");
  await mkdir(inside);
  const broken = await at("link to nothing");
  await symlink(join(folder, "nothing"), broken);
  return { pipe, linked, device, loop, sparse, inside, broken };
}

describe("the door to files (S6)", () => {
  // Node has no way to make a pipe with a name, nor has Windows such.
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  it("is shut to whatever is no regular file, or too large, whoever reads", async () => {
    const readers: Record<string, (path: string) => Promise<unknown>> = {
      readRegularFile: (path) => readRegularFile(path, { most }),
      readBeginning: (path) => readBeginning(path, 10, { most }),
      hashRegularFile: (path) => hashRegularFile(path, { most }),
    };
    const files = await hostileFiles("a.png");
    for (const [reader, read] of Object.entries(readers))
      for (const [kind, path] of Object.entries(files))
        await assert.rejects(
          read(path),
          /no regular file|larger than|does not exist/,
          `${reader} of the ${kind}`,
        );
    const { pictureAt } = plainSources();
    for (const read of [pictureAt, sha256OfFile, headOf])
      for (const path of Object.values(files))
        await refused(() => read(path), /regular file|larger|does not exist|no single picture/);
  });

  it("follows a link to a regular file", async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, "a.png"), "bytes");
    await symlink(join(folder, "a.png"), join(folder, "b.png"));
    assert.equal(String(await readRegularFile(join(folder, "b.png"), { most })), "bytes");
    assert.equal(String(await readBeginning(join(folder, "b.png"), 3, { most })), "byt");
  });

  it("is shut to a file that grows beyond its bound while it is read", async () => {
    // Its size is told as 0, and it is longer.
    if (process.platform !== "linux") return;
    await assert.rejects(readRegularFile("/proc/self/status", { most: 10 }), /larger than/);
  });

  it("is left when the signal aborts", async () => {
    const stop = new AbortController();
    const folder = await freshFolder();
    await writeFile(join(folder, "a.png"), Buffer.alloc(50 * 1024 * 1024));
    const reading = hashRegularFile(join(folder, "a.png"), { most: mostBytes, signal: stop.signal });
    stop.abort();
    await assert.rejects(reading, CancelledError);
  });
});

describe("the command line, given files that never end (S6)", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  const run = (args: readonly string[], cwd: string, storage: string) =>
    new Promise<{ code: number | null; err: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [join(process.cwd(), "dist/cli.js"), ...args],
        {
          cwd,
          timeout: 30_000,
          env: { PATH: process.env.PATH, ANTHROPIC_API_KEY: "key", SCREENSHOT_WORKBENCH_STORAGE: storage },
        },
        (_, __, err) => resolve({ code: child.exitCode, err }),
      );
    });
  /** Nobody listens there: what gets as far as a request is told that it cannot be made. */
  const nowhere = ["--base-url", "http://127.0.0.1:9"];

  it("refuses them as pictures, by every command that takes pictures", async () => {
    const { pipe, linked, device, sparse } = await hostileFiles("a.png");
    const storage = await freshFolder();
    for (const extra of [[], ["--estimate"], ["--count-tokens"], ["--batch"], ["--offline"]]) {
      const named = [pipe, linked, device, sparse].filter((path) => path !== undefined);
      const { code, err } = await run(["audit", ...named, ...extra, ...nowhere], storage, storage);
      assert.notEqual(code, null, `${extra.join()} hangs`);
      if (extra[0] !== "--estimate") assert.match(err, /no regular file|larger than/, extra.join());
    }
  });

  it("refuses them as a baseline, and as the place of results", async () => {
    const { pipe } = await hostileFiles("baseline.md");
    const folder = await freshFolder();
    const picture = join(process.cwd(), "media/samples/checkout.png");
    const storage = await freshFolder();
    assert.ok(pipe);
    const read = await run(["audit", picture, "--offline", "--baseline", pipe], folder, storage);
    assert.match(read.err, /is no baseline\. This is no regular file/);
    const written = await run(["audit", picture, "--offline", "--summary", pipe], folder, storage);
    assert.match(written.err, /is not a regular file/);
    const out = await run(["audit", picture, "--offline", "--out", "/proc/self/a/b"], folder, storage);
    assert.match(out.err, /cannot be written|cannot be made/);
    assert.deepEqual([read.code, written.code, out.code], [2, 2, 2]);
  });

  it("stops at Ctrl-C, whatever it is doing", async () => {
    const folder = await freshFolder();
    for (let each = 0; each < 40; each++)
      await writeFile(join(folder, `${each}.png`), Buffer.alloc(4 * 1024 * 1024, each));
    const child = spawn(process.execPath, ["dist/cli.js", "audit", folder, "--estimate", ...nowhere], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: process.env.PATH, ANTHROPIC_API_KEY: "key", SCREENSHOT_WORKBENCH_STORAGE: folder },
    });
    setTimeout(() => child.kill("SIGINT"), 400);
    const [code] = await once(child, "exit");
    assert.equal(code, 130);
  });
});
