/**
 * The floors of the house, from the ground up. Each imports only what stands on a floor below its own; rooms on one
 * floor do not know each other. The tests prove it from the bundler's graph; biome.json is generated from it.
 */
export const floors: ReadonlyArray<readonly string[]> = [
  ["src/errors.ts", "src/report.ts", "src/text/", "src/async/", "src/protocol/"],
  ["src/image/"],
  ["src/measure/"],
  ["src/sources/"],
  ["src/checks/"],
  ["src/providers/", "src/workflows/"],
  ["src/store/"],
  ["src/run/"],
  ["src/render/"],
  ["src/app/"],
  ["src/agent/"],
  ["src/editor/", "src/cli/"],
  ["src/extension.ts", "src/cli.ts"],
];

/** Who may import what from outside: the places that may, by the package. */
export const packages: Record<string, readonly string[]> = {
  vscode: ["src/editor/", "src/extension.ts"],
  sharp: ["src/image/", "src/measure/"],
  "@anthropic-ai/sdk": ["src/providers/anthropic/"],
  "@modelcontextprotocol/server": ["src/agent/"],
  "tesseract.js": ["src/measure/"],
  cacache: ["src/store/"],
};
