import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import { freshFolder } from "../../support/stores.js";

/** A parser whose worker does what the text says. */
async function parserOf(): Promise<MermaidParser> {
  const entry = join(await freshFolder(), "worker.mjs");
  await writeFile(
    entry,
    `import { parentPort } from "node:worker_threads";
    parentPort.on("message", ({ text }) => {
      if (text === "exit") return process.exit(0);
      if (text === "throw") throw new Error("broken");
      parentPort.postMessage({ valid: true });
      if (text === "throw later") setImmediate(() => { throw new Error("broken later"); });
    });`,
  );
  return new MermaidParser(entry);
}

describe("Mermaid's parser in its worker", () => {
  it("answers one text after the other", async () => {
    const parser = await parserOf();
    assert.deepEqual(await Promise.all([parser.parse("a"), parser.parse("b")]), [
      { valid: true },
      { valid: true },
    ]);
    parser.dispose();
  });

  it("is replaced when it fails or ends, also between two questions", async () => {
    const parser = await parserOf();
    assert.deepEqual(await parser.parse("throw later"), { valid: true });
    // Whether the worker fails before this question or during it, the next one is answered.
    const next = await parser.parse("a").catch(() => parser.parse("a"));
    assert.deepEqual(next, { valid: true });
    await assert.rejects(parser.parse("throw"), /broken/);
    assert.deepEqual(await parser.parse("a"), { valid: true });
    await assert.rejects(parser.parse("exit"), /ended/);
    assert.deepEqual(await parser.parse("a"), { valid: true });
    parser.dispose();
  });
});
