import { spawn } from "node:child_process";
import { cp } from "node:fs/promises";
import { resolve } from "node:path";
import { findDesktop } from "./desktop.js";
import { addressOf, startServer } from "./server.js";

/** Opens the extension in a real VS Code on a copy of the sample pictures. */
const samples = resolve(".vscode-test", "samples");
await cp("media/samples", samples, { recursive: true });

const executable = findDesktop();
if (executable) {
  console.log(
    `Opening ${executable}. Right-click checkout.png, then Screenshot, Audit Accessibility: that needs no key.`,
  );
  spawn(executable, ["--new-window", `--extensionDevelopmentPath=${resolve(".")}`, samples], {
    detached: true,
    stdio: "ignore",
    shell: process.platform === "win32",
  }).unref();
} else {
  const server = await startServer({ trust: true, key: true });
  console.log(`VS Code runs at\n\n  ${addressOf(server, { workspace: samples })}\n`);
  console.log(
    "Open that address in a browser. Right-click checkout.png, then Screenshot, Audit Accessibility: that needs no key. Ctrl+C ends it.",
  );
  process.once("SIGINT", () => void server.stop().then(() => process.exit()));
  process.once("SIGTERM", () => void server.stop().then(() => process.exit()));
}
