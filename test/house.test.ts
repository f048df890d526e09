import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { nodeBuild, panelBuild } from "../esbuild.mjs";
import { workflows } from "../src/workflows/index.js";
import { floors, packages } from "./support/floors.js";

interface Import {
  from: string;
  to: string;
  lazy: boolean;
}

async function importsOf(options: object): Promise<{ imports: Import[]; files: string[] }> {
  const { metafile } = await build({
    ...options,
    packages: "external",
    splitting: false,
    write: false,
    metafile: true,
    sourcemap: false,
    outdir: "dist",
  });
  const files = Object.keys(metafile.inputs);
  const imports = files.flatMap((from) =>
    (metafile.inputs[from]?.imports ?? []).map(({ path, kind }) => ({
      from,
      to: path,
      lazy: kind === "dynamic-import",
    })),
  );
  return { imports, files };
}

const floorOf = (file: string): number =>
  floors.findIndex((parts) => parts.some((part) => file.startsWith(part)));
const roomOf = (file: string): string | undefined => floors.flat().find((part) => file.startsWith(part));
const workflowOf = (file: string): string | undefined => /^src\/workflows\/(\w+)\//.exec(file)?.[1];

describe("the house", () => {
  let node: Awaited<ReturnType<typeof importsOf>>;
  let panel: Awaited<ReturnType<typeof importsOf>>;
  before(async () => {
    node = await importsOf(nodeBuild);
    panel = await importsOf(panelBuild);
  });

  it("has a floor for every file", () => {
    const homeless = node.files.filter((file) => file.startsWith("src/") && floorOf(file) < 0);
    assert.deepEqual(homeless, []);
    assert.ok(node.files.length > 40, "the graph was read");
  });

  it("imports downwards only, and never across", () => {
    const wrong = node.imports.filter(({ from, to }) => {
      if (!from.startsWith("src/") || !to.startsWith("src/")) return false;
      const [above, below] = [floorOf(from), floorOf(to)];
      if (above !== below) return above < below;
      return roomOf(from) !== roomOf(to) && above > 0;
    });
    assert.deepEqual(wrong, []);
  });

  it("keeps the editor out of the command line", () => {
    const reached = new Set(["src/cli.ts"]);
    for (const file of reached) for (const { from, to } of node.imports) if (from === file) reached.add(to);
    assert.deepEqual(
      [...reached].filter((file) => file.startsWith("src/editor/") || file === "vscode"),
      [],
    );
    assert.ok(reached.size > 60, "the chain was followed");
  });

  it("keeps workflows apart from each other", () => {
    const wrong = node.imports.filter(({ from, to }) => {
      const [a, b] = [workflowOf(from), workflowOf(to)];
      return a !== undefined && b !== undefined && a !== b;
    });
    assert.deepEqual(wrong, []);
  });

  it("names no workflow outside its own folder and the registry", () => {
    const quoted = new RegExp(`["'\`](${Object.keys(workflows).join("|")})["'\`]`);
    const isOwn = (file: string) => workflowOf(file) !== undefined || file === "src/workflows/registry.ts";
    const wrong = ["src", "media"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
        .filter((file) => /\.(ts|css)$/.test(file) && !isOwn(file))
        .flatMap((file) =>
          readFileSync(file, "utf8")
            .split("\n")
            .filter((line) => quoted.test(line) && !/ from "/.test(line))
            .map((line) => `${file}: ${line.trim()}`),
        ),
    );
    assert.deepEqual(wrong, []);
    assert.match('"audit"', quoted);
  });

  it("keeps vscode, sharp and the SDK where they belong", () => {
    const wrong = node.imports.filter(({ from, to }) =>
      Object.entries(packages).some(
        ([name, allowed]) =>
          (to === name || to.startsWith(`${name}/`)) && !allowed.some((place) => from.startsWith(place)),
      ),
    );
    assert.deepEqual(wrong, []);
  });

  it("lets the panel import the protocol and the report alone", () => {
    const wrong = panel.imports.filter(
      ({ from, to }) =>
        from.startsWith("media/") && to.startsWith("src/") && !/^src\/(protocol\/\w+|report)\.ts$/.test(to),
    );
    assert.deepEqual(wrong, []);
  });

  it("loads nothing heavy before it is used", () => {
    const reached = new Set(["src/extension.ts"]);
    for (const file of reached)
      for (const { from, to, lazy } of node.imports) if (from === file && !lazy) reached.add(to);
    const heavy = [...reached].filter((file) =>
      /^(zod|sharp|mermaid|happy-dom|yaml|libheif-js|zxing-wasm|@anthropic-ai|tesseract|cacache)/.test(file),
    );
    assert.deepEqual(heavy, []);
    assert.ok(reached.size > 8, "the chain was followed");
  });

  it("answers agents without loading what only pictures need", () => {
    const reached = new Set(["src/cli.ts", "src/cli/mcpCommand.ts", "src/agent/mcp.ts"]);
    for (const file of reached)
      for (const { from, to, lazy } of node.imports) if (from === file && !lazy) reached.add(to);
    const heavy = [...reached].filter((file) =>
      /^(sharp|mermaid|happy-dom|libheif-js|zxing-wasm|@anthropic-ai|tesseract)/.test(file),
    );
    assert.deepEqual(heavy, []);
    assert.ok(reached.has("@modelcontextprotocol/server"), "the chain was followed");
    const commandLine = new Set(["src/cli.ts"]);
    for (const file of commandLine)
      for (const { from, to, lazy } of node.imports) if (from === file && !lazy) commandLine.add(to);
    assert.ok(!commandLine.has("@modelcontextprotocol/server"), "no other command loads it");
  });
});
