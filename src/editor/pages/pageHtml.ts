import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";

/** A page of ours in a webview. */
export interface Page {
  /** The scripts of our bundle that it runs, in this order. */
  scripts: readonly string[];
  /** What the page knows from the start, and keeps over a reload. */
  state?: unknown;
  /** Mermaid writes `<style>` into its drawing, so the diagram panel alone allows inline styles. */
  drawsMermaid?: boolean;
}

/** Lets a webview run our scripts and show our files, and nothing else. */
export function showPage(webview: Webview, extension: Uri, page: Page): void {
  webview.options = {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    localResourceRoots: [Uri.joinPath(extension, "dist", "panel")],
  };
  webview.html = pageHtml(webview, extension, page);
}

const styles = ["panel.css", "result.css", "picture.css", "findings.css", "issue.css", "comparison.css"];

/** The page may load our scripts and styles and show data images, and reach nothing else. */
function pageHtml(webview: Webview, extension: Uri, { scripts, state, drawsMermaid = false }: Page): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (name: string) =>
    webview.asWebviewUri(Uri.joinPath(extension, "dist", "panel", name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}${drawsMermaid ? " 'unsafe-inline'" : ""}`,
    `img-src ${drawsMermaid ? "data:" : `${webview.cspSource} data:`}`,
    ...(drawsMermaid ? [] : [`font-src ${webview.cspSource}`]),
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.map((name) => `<link rel="stylesheet" href="${file(name)}">`).join("\n")}
<title>Screenshot Workbench</title>
</head>
<body>
<main id="app"${state === undefined ? "" : ` data-state="${encodeURIComponent(JSON.stringify(state))}"`}></main>
${scripts.map((script) => `<script nonce="${nonce}" src="${file(script)}"></script>`).join("\n")}
</body>
</html>`;
}
