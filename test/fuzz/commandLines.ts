import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { readArguments, UsageError, usage } from "../../src/cli/arguments.js";
import { workflows } from "../../src/workflows/index.js";
import { hostileText } from "./hostile.js";
import { target } from "./target.js";

const options = [...usage.matchAll(/--[a-z-]+/g)].map(([name]) => name);
const values = usage.match(/[\w.-]+/g) ?? [];
const word = fc.oneof(
  fc.constantFrom(...Object.keys(workflows), "convert", "batch", "status", "--", "-", "a.png", "b.mmd"),
  fc.constantFrom(...options),
  fc.constantFrom(...values),
  fc.tuple(fc.constantFrom(...options), hostileText).map(([option, value]) => `${option}=${value}`),
  hostileText,
  fc.constantFrom("0", "-1", "1e999", "NaN", "0x10", "", "eng+deu", "AAA"),
);

const argumentLists = fc.oneof(
  fc.array(word, { maxLength: 8 }),
  // What begins well.
  fc
    .tuple(fc.constantFrom(...Object.keys(workflows)), fc.array(word, { maxLength: 5 }))
    .map(([workflow, rest]) => [workflow, "a.png", ...rest]),
);

/** The words of a command line are a command, or are refused in a sentence. */
const reading = target("command lines, read", argumentLists, (argv) => {
  try {
    readArguments(argv);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    assert.match(error.message, /\S/);
  }
});

/** Made when it is needed, and emptied of what a case has written. */
let folder: string | undefined;

/** The whole program, without a key: it ends with one of its exit codes, and says why. */
const running = target(
  "command lines, run",
  argumentLists.map((argv) => argv.map((one) => one.replaceAll("\0", "").replaceAll("..", "."))),
  async (argv) => {
    folder ??= mkdtempSync(join(tmpdir(), "fuzz-"));
    copyFileSync("test/fixtures/pictures/flag.png", join(folder, "a.png"));
    writeFileSync(join(folder, "b.mmd"), "flowchart LR\n  a --> b\n");
    const { code, stdout, stderr } = await run(argv, folder);
    assert.ok([0, 1, 2, 3].includes(code), `exit code ${code}: ${stderr}`);
    assert.match(stdout + stderr, /\S/);
    assert.doesNotMatch(stderr, /^ {4}at |Something unexpected/m);
    assert.doesNotMatch(stdout + stderr, /[\u001b\u202e]|^::error/m);
  },
  () => folder === undefined || rmSync(folder, { recursive: true, force: true }),
);

/** Milliseconds by the clock: a command line that asks nobody hangs if it takes more, however busy the machine is. */
const timeout = 120_000;

const run = (argv: string[], cwd: string): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    const env = { PATH: process.env.PATH, SCREENSHOT_WORKBENCH_STORAGE: join(cwd, "kept") };
    const child = execFile(
      process.execPath,
      [resolve("dist/cli.js"), ...argv],
      { cwd, env, timeout },
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

export const commandLines = [reading, running];
