import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { freshFolder } from "../support/stores.js";

const Workflow = z.object({
  permissions: z.object({ "security-events": z.literal("write") }),
  jobs: z.object({
    screenshots: z.object({
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  }),
});

describe("the README's check of pull requests", () => {
  it("has ten lines, and its command audits without a key and writes what is uploaded", async () => {
    const readme = await readFile("README.md", "utf8");
    const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    assert.equal(yaml.trim().split("\n").length, 10);
    const { steps } = Workflow.parse(parse(yaml)).jobs.screenshots;
    const [npx, yes, name, ...args] = steps.flatMap(({ run = "" }) => (run ? run.split(" ") : []));
    assert.deepEqual([npx, yes, name], ["npx", "--yes", "screenshot-workbench"]);
    const folder = await freshFolder();
    await mkdir(join(folder, "screenshots"));
    await cp("media/samples/checkout.png", join(folder, "screenshots", "checkout.png"));
    const env = {
      PATH: process.env.PATH,
      ANTHROPIC_API_KEY: "",
      SCREENSHOT_WORKBENCH_STORAGE: join(folder, "storage"),
    };
    const code = await new Promise((done) => {
      execFile(process.execPath, [resolve("dist/cli.js"), ...args], { cwd: folder, env }, (error) =>
        done(error?.code ?? 0),
      );
    });
    assert.equal(code, 1, "the sample has serious findings");
    assert.match(await readFile(join(folder, "audit.sarif"), "utf8"), /"uri": "screenshots\/checkout\.png"/);
    assert.match(yaml, /sarif_file: audit\.sarif/);
  });
});
