import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";
import { runId } from "../pipeline/history.js";
import type { PanelState } from "../protocol.js";
import type { WorkflowId } from "../report.js";

/**
 * The panel's page. It may load our scripts and styles and show data images, and reach nothing else.
 * Mermaid writes `<style>` into its drawing, so the diagram panel alone allows inline styles.
 */
export function panelHtml(
  webview: Webview,
  extension: Uri,
  subject: { workflow: WorkflowId; sha256: string } | undefined,
): string {
  const nonce = randomBytes(16).toString("base64");
  const file = (name: string) =>
    webview.asWebviewUri(Uri.joinPath(extension, "dist", "panel", name)).toString();
  const diagram = subject?.workflow === "diagram";
  const state: PanelState | undefined = subject && { runId: runId(subject) };
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}${diagram ? " 'unsafe-inline'" : ""}`,
    `img-src ${diagram ? "data:" : `${webview.cspSource} data:`}`,
    ...(diagram ? [] : [`font-src ${webview.cspSource}`]),
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file("panel.css")}">
<title>Screenshot Workbench</title>
</head>
<body>
<main id="app"${state ? ` data-state="${encodeURIComponent(JSON.stringify(state))}"` : ""}></main>
${diagram ? `<script nonce="${nonce}" src="${file("diagram.js")}"></script>` : ""}
<script nonce="${nonce}" src="${file("panel.js")}"></script>
</body>
</html>`;
}
