import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { toolsFor } from "../../../src/agent/tools.js";
import { bridgeTo } from "../../support/mcpBridge.js";

const packages = "node_modules/@modelcontextprotocol";

const run = (args: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { env: { PATH: process.env.PATH } }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out: out + (error ? err : "") }),
    );
  });

/** The protocol's own suite speaks HTTP, and knows no protocol newer than its own version. */
describe("the protocol's own suite", () => {
  for (const scenario of ["server-initialize", "ping", "tools-list"]) {
    it(`passes ${scenario}`, async () => {
      const storage = await mkdtemp(join(tmpdir(), "suite-"));
      const bridge = await bridgeTo(["dist/cli.js", "mcp", "--root", "media/samples"], {
        PATH: process.env.PATH,
        SCREENSHOT_WORKBENCH_STORAGE: storage,
      });
      try {
        const suite = `${packages}/conformance/dist/index.js`;
        const { code, out } = await run([suite, "server", "--url", bridge.url, "--scenario", scenario]);
        assert.equal(code, 0, out);
        assert.match(out, /Passed: [1-9]\d*\/[1-9]/);
      } finally {
        await bridge.stop();
      }
    });
  }
});

describe("the inspector's command line", () => {
  const inspect = (...args: string[]) =>
    run([
      `${packages}/inspector-cli/build/cli.js`,
      "--cli",
      process.execPath,
      "dist/cli.js",
      "mcp",
      "--root",
      "media/samples",
      ...args,
    ]);

  it("lists the tools", async () => {
    const { code, out } = await inspect("--method", "tools/list");
    assert.equal(code, 0, out);
    const { tools } = z.object({ tools: z.array(z.object({ name: z.string() })) }).parse(JSON.parse(out));
    assert.deepEqual(
      tools.map(({ name }) => name),
      toolsFor(false).map(({ name }) => name),
    );
  });

  it("calls one", async () => {
    const call = ["--method", "tools/call", "--tool-name", "diagram_schema", "--tool-arg", "rules=false"];
    const { code, out } = await inspect(...call);
    assert.equal(code, 0, out);
    assert.match(out, /example/);
  });
});
