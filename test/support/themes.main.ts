import { readFileSync, writeFileSync } from "node:fs";
import { panelStyles, themes } from "./panelThemes.js";
import { VsCode } from "./vscode.js";
import { Workspace } from "./workspace.js";

/**
 * Writes the colours and fonts that VS Code gives to a panel in each theme, as far as ours use them, so that tests of the
 * panel's page alone look like the real thing: `node dist/test/support/themes.main.js`.
 */
const used = new Set(
  [...panelStyles, "panel.js"]
    .map((file) => readFileSync(`dist/panel/${file}`, "utf8"))
    .flatMap((text) => text.match(/--vscode-[\w-]+/g) ?? []),
);
const workspace = await Workspace.create();
await workspace.setTheme(themes[0]);
const code = await VsCode.launch({ workspace: workspace.folder });
const found: Record<string, { kind: string; values: Record<string, string> }> = {};
try {
  await code.file("checkout.png").waitFor();
  await code.untilMenuHas("checkout.png", "Screenshot");
  await code.contextMenu(code.file("checkout.png"), "Screenshot", "Audit Accessibility Offline");
  await code.panel.locator(".facts").waitFor();
  for (const theme of themes) {
    await workspace.setTheme(theme);
    await code.untilTheme(theme);
    const frame = await code.innerFrame();
    const { kind, css } = await frame.evaluate(() => ({
      kind: document.body.dataset.vscodeThemeKind ?? "",
      css: document.documentElement.style.cssText,
    }));
    const all = css.split(/;\s*(?=--)/).map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [
        line.slice(0, colon).trim(),
        line
          .slice(colon + 1)
          .replace(/;$/, "")
          .trim(),
      ];
    });
    found[theme] = { kind, values: Object.fromEntries(all.filter(([name]) => used.has(name)).sort()) };
  }
} finally {
  await code.close();
  await workspace.remove();
}
writeFileSync("test/fixtures/themes.json", `${JSON.stringify(found, null, 2)}\n`);
