import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { build, context } from "esbuild";

const { version, homepage, repository } = JSON.parse(await readFile("package.json", "utf8"));

/** Where the tool itself is found, as a link; empty until package.json says so. */
const address = homepage ?? (repository?.url ?? repository ?? "").replace(/^git\+/, "").replace(/\.git$/, "");

/** What is kept of a picture holds as long as the code that looked at it is the same. */
function digestOfPixelCode() {
  const hash = createHash("sha256");
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  const packages = { ...dependencies, ...devDependencies };
  for (const name of [
    "sharp",
    "tesseract.js",
    "@tesseract.js-data/eng",
    "libheif-js",
    "zxing-wasm",
    "@embedpdf/pdfium",
    "saxes",
    "@csstools/css-tokenizer",
  ])
    hash.update(`${name} ${packages[name]}\n`);
  for (const folder of ["src/image", "src/measure"]) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    for (const file of files.filter((name) => name.endsWith(".ts")))
      hash.update(readFileSync(`${folder}/${file}`));
  }
  return hash.digest("hex").slice(0, 16);
}

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: "linked",
  logLevel: "warning",
  legalComments: "none",
  define: {
    __VERSION__: JSON.stringify(version),
    __ADDRESS__: JSON.stringify(address),
    __PIXELS__: JSON.stringify(digestOfPixelCode()),
  },
  loader: { ".md": "text" },
};

/**
 * happy-dom carries a certificate with its private key, for a server that we never start.
 * @type {import("esbuild").Plugin}
 */
const withoutCertificate = {
  name: "without-certificate",
  setup: ({ onLoad }) =>
    onLoad({ filter: /FetchHTTPSCertificate\.js$/ }, () => ({
      contents: 'export default { cert: "", key: "" };',
    })),
};

/**
 * The OCR chooses among six builds of its engine: the one with SIMD runs wherever we do. It can fetch language
 * data: ours lies on the disk.
 * @type {import("esbuild").Plugin}
 */
const oneOcrEngine = {
  name: "one-ocr-engine",
  setup: ({ onResolve, onLoad, resolve }) => {
    onResolve({ filter: /^tesseract\.js-core\/tesseract-core/ }, ({ path, ...options }) =>
      path.endsWith("-simd-lstm")
        ? undefined
        : resolve("tesseract.js-core/tesseract-core-simd-lstm", options),
    );
    onLoad({ filter: /node_modules\/node-fetch\// }, () => ({ contents: "" }));
  },
};

/**
 * Mermaid can lay out with elkjs, whose licence (EPL-2.0 or GPL-3.0) is not ours to ship; we use dagre.
 * @type {import("esbuild").Plugin}
 */
const withoutElk = {
  name: "without-elk",
  setup: ({ onLoad, onEnd }) => {
    onLoad({ filter: /node_modules[\\/]mermaid[\\/].*[\\/]elk-[^\\/]+\.mjs$/ }, () => ({
      contents:
        'export const render = () => { throw new Error("This layout is not a part of this program."); };',
    }));
    onEnd(({ metafile }) =>
      Object.keys(metafile?.inputs ?? {}).some((file) => file.includes("node_modules/elkjs/"))
        ? { errors: [{ text: "elkjs got into the bundle." }] }
        : undefined,
    );
  },
};

const clonesConfig = /return (assignWithDepth_default\(\{\}, currentConfig\));/;

/**
 * Mermaid clones its whole configuration, hundreds of colours, whenever any part of it asks for a setting: most of
 * the time that a drawing takes. Here it is cloned when it has changed.
 * @type {import("esbuild").Plugin}
 */
const configClonedOnce = {
  name: "config-cloned-once",
  setup: ({ onLoad, onEnd }) => {
    let [loaded, found] = [false, false];
    onLoad(
      { filter: /node_modules\/mermaid\/dist\/chunks\/mermaid\.core\/chunk-[^/]+\.mjs$/ },
      async ({ path }) => {
        loaded = true;
        const contents = await readFile(path, "utf8");
        if (!clonesConfig.test(contents)) return undefined;
        found = true;
        const once =
          "if (getConfig.of !== currentConfig) { getConfig.of = currentConfig; getConfig.clone = $1; } return getConfig.clone;";
        return { contents: contents.replace(clonesConfig, once) };
      },
    );
    onEnd(() =>
      found || !loaded
        ? undefined
        : { errors: [{ text: "Mermaid no longer clones its configuration as it did." }] },
    );
  },
};

/**
 * What runs in Node: one graph, split so that nothing is loaded before it is used.
 * @type {import("esbuild").BuildOptions}
 */
export const nodeBuild = {
  ...shared,
  entryPoints: {
    extension: "src/extension.ts",
    cli: "src/cli.ts",
    pictureProcess: "src/measure/process/pictureProcessMain.ts",
    pictureWatch: "src/measure/process/pictureWatch.ts",
    mermaidWorker: "src/workflows/diagram/mermaidWorker.ts",
    schemaWorker: "src/workflows/extract/schemaWorker.ts",
    ocrWorker: "src/measure/ocrWorker.ts",
  },
  outdir: "dist",
  platform: "node",
  target: "node20",
  format: "esm",
  splitting: true,
  external: ["vscode", "sharp"],
  plugins: [withoutCertificate, oneOcrEngine, withoutElk],
  // Bundled CommonJS still requires Node's own modules, and looks for its folder.
  banner: {
    js: 'import { createRequire as _require } from "node:module"; const require = _require(import.meta.url), __dirname = import.meta.dirname;',
  },
};

/**
 * What runs in the panel. Each is one script: the panel's security policy lets scripts load no others.
 * @type {import("esbuild").BuildOptions}
 */
export const panelBuild = {
  ...shared,
  entryPoints: {
    panel: "media/panel/main.ts",
    diagram: "media/features/graph/mermaidPage.ts",
    table: "media/table/main.ts",
    spend: "media/spend/main.ts",
  },
  plugins: [configClonedOnce, withoutElk],
  outdir: "dist/panel",
  platform: "browser",
  target: "chrome130",
  format: "iife",
};

const tests = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(test|main)\.ts$/.test(file))
  .map((file) => `test/${file.replaceAll("\\", "/")}`);
const isOfEditor = (file) => file.startsWith("test/unit/editor/");

/** Tests and the tools around them. Packages are found in node_modules. */
const testBuild = {
  ...shared,
  entryPoints: tests.filter((file) => !isOfEditor(file)),
  outbase: "test",
  outdir: "dist/test",
  platform: "node",
  target: "node20",
  format: "esm",
  splitting: true,
  packages: "external",
  external: ["vscode"],
};

/** The editor's unit tests, with a stand-in for VS Code. */
const editorTestBuild = {
  ...testBuild,
  entryPoints: tests.filter(isOfEditor),
  external: [],
  alias: { vscode: "./test/support/vscodeStandIn.ts" },
};

/** Mermaid, maxGraph and PlantUML in a test's own page, to read back what our emitters write. */
const testPageBuild = {
  ...panelBuild,
  // As Mermaid's hosts draw, also with its own default layout.
  plugins: [configClonedOnce],
  entryPoints: {
    mermaidReader: "test/support/mermaidReader.ts",
    drawioReader: "test/support/drawioReader.ts",
    plantumlReader: "test/support/plantumlReader.ts",
    bpmnReader: "test/support/bpmnReader.ts",
    excalidrawReader: "test/support/excalidrawReader.ts",
    mermaidVersions: "test/support/mermaidVersions.ts",
  },
  outdir: "dist/test/page",
};

/** What our own code loads from beside the bundle that it is in. */
const modules = [
  ["node_modules/libheif-js/libheif-wasm/libheif.wasm", "libheif.wasm"],
  ["node_modules/zxing-wasm/dist/reader/zxing_reader.wasm", "zxing_reader.wasm"],
  ["node_modules/@embedpdf/pdfium/dist/pdfium.wasm", "pdfium.wasm"],
];

/** What is shipped as it is: from where, and its place in `dist`. */
export const assets = [
  ["media/panel/panel.css", "panel/panel.css"],
  ["media/panel/result.css", "panel/result.css"],
  ["media/panel/picture/picture.css", "panel/picture.css"],
  ["media/features/findings/findings.css", "panel/findings.css"],
  ["media/features/issue/issue.css", "panel/issue.css"],
  ["media/features/comparison/comparison.css", "panel/comparison.css"],
  ...modules,
  ["node_modules/tesseract.js-core/tesseract-core-simd-lstm.wasm", "tesseract-core-simd-lstm.wasm"],
  ["node_modules/@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz", "languages/eng.traineddata.gz"],
];

async function copyAssets() {
  for (const [from, to] of assets) await cp(from, `dist/${to}`);
  // Tests decode in their own bundle.
  for (const [from, to] of modules) await cp(from, `dist/test/${to}`);
}

const builds = {
  node: nodeBuild,
  panel: panelBuild,
  test: testBuild,
  editorTest: editorTestBuild,
  testPage: testPageBuild,
};

/** All, or those that are named, in place: `npm run build -- node test` after a change outside of the panel. */
if (import.meta.filename === process.argv[1]) {
  const named = process.argv.slice(2).filter((argument) => argument !== "--watch");
  const unknown = named.find((name) => !(name in builds));
  if (unknown) throw new Error(`No build is called ${unknown}: there are ${Object.keys(builds).join(", ")}.`);
  if (named.length === 0) await rm("dist", { recursive: true, force: true });
  const chosen = Object.entries(builds).flatMap(([name, options]) =>
    named.length === 0 || named.includes(name) ? [options] : [],
  );
  if (process.argv.includes("--watch")) {
    for (const options of chosen) await (await context(options)).watch();
  } else {
    await Promise.all(chosen.map((options) => build(options)));
  }
  await copyAssets();
}
