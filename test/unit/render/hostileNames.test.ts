import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { writeBaseline } from "../../../src/render/baseline.js";
import { formats } from "../../../src/render/formats.js";
import { overviewOf, slim } from "../../../src/render/overview.js";
import { pictureOfBytes } from "../../../src/sources/bytes.js";
import { plainName } from "../../../src/text/plain.js";
import { workflowOf } from "../../../src/workflows/index.js";
import { auditAnswer } from "../../support/cannedAnswers.js";
import { seenPicture } from "../../support/geometry.js";
import { plainPicture } from "../../support/pictures.js";
import { freshFolder } from "../../support/stores.js";

/** What a reader does not see but a machine obeys, and what begins a line of its own. */
const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const hostile = [
  "a\n::error::b.png",
  "::error file=x::b.png",
  "##[add-matcher]b.png",
  "##vso[task.setvariable variable=x]b.png",
  "a\r::set-output::b.png",
  "a\u2028::error::b.png",
  "\u202egnp.b",
  "a\u200bb.png",
  "\u001b[31mred\u001b]0;title\u0007.png",
  "=cmd|' /C calc'!A0.png",
  "<img src=x onerror=alert(1)>.png",
  "[a](https://evil.example).png",
  "@everyone fixes #1.png",
  "a\tb.png",
];
const anyName = fc.oneof(
  fc.constantFrom(...hostile),
  fc.tuple(fc.constantFrom(...hostile), fc.string({ unit: "binary" })).map(([a, b]) => a + b),
  fc.string({ unit: "binary", minLength: 1 }),
);

const workflow = workflowOf("audit");
const { report } = workflow.evaluate(auditAnswer, [seenPicture("a.png", 800, 600)]);

describe("a hostile file name (S9)", () => {
  it("is on one line, and holds nothing invisible, wherever a picture gets its name", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        for (const shown of [plainName(name), pictureOfBytes(name, Buffer.from("")).name]) {
          assert.doesNotMatch(shown, invisible);
          assert.doesNotMatch(shown, /[\n\t]/);
        }
      }),
    );
  });

  for (const format of formats)
    it(`adds no line and nothing invisible to a report as ${format.title}`, () => {
      fc.assert(
        fc.property(anyName, anyName, (name, reason) => {
          const outcome = { path: name, sha256: "a", state: "done" as const, report: slim(report) };
          const failed = { path: name, sha256: "b", state: "failed" as const, reason };
          const overview = overviewOf("audit", [outcome, failed]);
          const plain = overviewOf("audit", [
            { ...outcome, path: "a" },
            { ...failed, path: "a", reason: "b" },
          ]);
          const written = format.many?.(overview, true);
          if (typeof written !== "string") return;
          assert.doesNotMatch(written.replaceAll("\r\n", "\n"), invisible);
          const lines = (text: string | Uint8Array | undefined) => String(text).split("\n").length;
          assert.equal(lines(written), lines(format.many?.(plain, true)));
          assert.doesNotMatch(writeBaseline(overview), invisible);
        }),
        { numRuns: 60 },
      );
    });

  it("becomes no command of whoever reads the terminal along, by every format", async () => {
    const folder = await freshFolder();
    await mkdir(join(folder, "shots"));
    const picture = await plainPicture(64, 48).png().toBuffer();
    const names = [
      "a\n::error::b.png",
      "::error file=x::b.png",
      "##[add-matcher]b.png",
      "\u202ec\u001b[31m.png",
    ];
    for (const name of names) await writeFile(join(folder, "shots", name), picture);
    const out = join(folder, "out");
    for (const extra of [
      ...formats.flatMap(({ id, kinds }) => (kinds && !kinds.includes("findings") ? [] : [["--format", id]])),
      ["--out", out],
    ]) {
      const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((done) =>
        execFile(
          process.execPath,
          [resolve("dist/cli.js"), "audit", "shots", "--offline", ...extra],
          {
            cwd: folder,
            env: { PATH: process.env.PATH, SCREENSHOT_WORKBENCH_STORAGE: join(folder, "kept") },
          },
          (_, stdout, stderr) => done({ stdout, stderr }),
        ),
      );
      for (const text of [stdout.replaceAll("\r\n", "\n"), stderr]) {
        assert.doesNotMatch(text, /^\s*::/m, extra.join(" "));
        assert.doesNotMatch(text, /##(\[|vso\[)/, extra.join(" "));
        assert.doesNotMatch(text, invisible, extra.join(" "));
      }
      assert.equal(
        stderr.split("\n").filter((line) => /Measured on this machine/.test(line)).length,
        names.length,
      );
    }
    for (const name of await readdir(out)) {
      assert.doesNotMatch(name, invisible);
      assert.doesNotMatch(await readFile(join(out, name), "utf8"), invisible);
    }
  });
});
