import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Half, type Kit, kits } from "./packages.js";

export type Scheme = "light" | "dark";

/** A page that measuring is tried on. */
export interface FieldPage {
  /** `package/page`, as `--pages` filters. */
  name: string;
  half: Half;
  html(scheme: Scheme): string;
}

const folder = resolve("test/bench/measure/field");

/** All pages: one for each file in a package's folder. */
export const pages: FieldPage[] = Object.entries(kits).flatMap(([kitName, kit]) =>
  readdirSync(join(folder, kitName))
    .sort()
    .map((file) => ({
      name: `${kitName}/${file.replace(".html", "")}`,
      half: kit.half,
      html: (scheme) => wholePage(kit, readFileSync(join(folder, kitName, file), "utf8"), scheme),
    })),
);

const addressOf = (file: string) => pathToFileURL(resolve("node_modules", file)).href;

function wholePage(kit: Kit, body: string, scheme: Scheme): string {
  const { root = "", css = "", bodyClass = "" } = { ...kit, ...(scheme === "dark" ? kit.dark : {}) };
  const styles = kit.styles.map((file) => `<link rel="stylesheet" href="${addressOf(file)}">`).join("\n");
  const scripts = (kit.scripts ?? []).map((file) => `<script src="${addressOf(file)}"></script>`).join("\n");
  return `<!doctype html><html lang="en" ${root}><head><meta charset="utf-8"><title>Page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles}
<style>*, ::before, ::after { animation: none !important; transition: none !important; } ${css}</style></head>
<body class="${bodyClass}">${scripts}
${body.replaceAll(/npm:([\w@./-]+)/g, (_, file: string) => addressOf(file))}</body></html>`;
}
