import { existsSync } from "node:fs";
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { assets, nodeBuild, panelBuild } from "../../esbuild.mjs";

/**
 * Builds what is shipped into a folder.
 *
 * @returns the folders of the packages that went into the bundles and beside them
 */
export async function buildInto(dist: string): Promise<string[]> {
  const production = { minify: true, sourcemap: false as const, metafile: true, logLevel: "error" as const };
  const builds = await Promise.all([
    build({ ...nodeBuild, ...production, outdir: dist }),
    build({ ...panelBuild, ...production, outdir: join(dist, "panel") }),
  ]);
  for (const [from = "", to = ""] of assets) await cp(from, join(dist, to));
  const built = builds.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}));
  const inputs = [...built, ...assets.map(([from = ""]) => from)];
  const folders = inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return [...new Set(folders)];
}

/** What a package has compiled into it without printing its licence. */
const compiledIn: Readonly<Record<string, string>> = {
  "@embedpdf/pdfium":
    "Its WebAssembly is compiled from PDFium (https://pdfium.googlesource.com/pdfium), with FreeType, libjpeg-turbo, OpenJPEG,\nLittle CMS, zlib, ICU, Abseil and Anti-Grain Geometry, each under its own licence of the BSD, MIT or FreeType kind.",
  "zxing-wasm":
    "Its WebAssembly is compiled from ZXing-C++ (https://github.com/zxing-cpp/zxing-cpp), under the Apache License 2.0,\nwhose text stands with tesseract.js.",
};

/** The licences of everything that is shipped. */
export async function notices(folders: string[]): Promise<string> {
  const entries = await Promise.all(
    folders.map(async (folder) => {
      if (!existsSync(join(folder, "package.json"))) return [];
      const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
      const texts = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
      const bodies = await Promise.all(
        texts.map((file) => readFile(join(folder, file), "utf8").catch(() => "")),
      );
      return [
        `${name} ${version} (${license ?? "see below"})\n\n${[...bodies, compiledIn[name] ?? ""].join("\n\n").trim()}`,
      ];
    }),
  );
  const sorted = [...new Set(entries.flat())].sort();
  return `Screenshot Workbench contains the following packages.\n\n${sorted.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
