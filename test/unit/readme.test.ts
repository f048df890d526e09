import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
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

describe("the README's comment on pull requests", () => {
  it("has ten lines, and its command compares with a revision and writes what is posted", async () => {
    const readme = await readFile("README.md", "utf8");
    const [, second] = readme.matchAll(/```yaml\n([\s\S]*?)```/g);
    const yaml = second?.[1] ?? "";
    assert.equal(yaml.trim().split("\n").length, 10);
    assert.match(yaml, /--body-file changes\.md/);
    const [, line = ""] = /npx --yes screenshot-workbench (.*)/.exec(yaml) ?? [];
    const args = line.replaceAll('"', "").replace("origin/$GITHUB_BASE_REF", "HEAD").split(" ");
    const folder = await freshFolder();
    await mkdir(join(folder, "screenshots"));
    await cp("media/samples/checkout.png", join(folder, "screenshots", "checkout.png"));
    const git = (...all: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@t", ...all], { cwd: folder });
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "first");
    const env = {
      PATH: process.env.PATH,
      ANTHROPIC_API_KEY: "",
      SCREENSHOT_WORKBENCH_STORAGE: join(folder, "storage"),
    };
    execFileSync(process.execPath, [resolve("dist/cli.js"), ...args], { cwd: folder, env });
    assert.match(await readFile(join(folder, "changes.md"), "utf8"), /checkout\.png \| done \| No change\./);
  });
});
