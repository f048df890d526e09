import { spawn } from "node:child_process";
import { cp, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { findDesktop } from "./desktop.js";
import { linkedExtensions, plainAddressOf, startServer } from "./server.js";

/** Opens the extension in a real VS Code on a copy of the sample pictures. */
const samples = resolve(".vscode-test", "samples");
await cp("media/samples", samples, { recursive: true });

const next =
  "Right-click checkout.png, then Screenshot, Audit Accessibility: that needs no key and no network.";

const executable = findDesktop();
if (executable) {
  console.log(`Opening ${executable}. ${next}`);
  spawn(executable, ["--new-window", `--extensionDevelopmentPath=${resolve(".")}`, samples], {
    detached: true,
    stdio: "ignore",
  }).unref();
} else {
  const extensions = await linkedExtensions();
  const server = await startServer({ trust: true, key: true, people: true, extensions });
  console.log(`VS Code runs at\n\n  ${plainAddressOf(server, samples)}\n`);
  console.log(`Open that address in a browser. ${next}`);
  console.log("A key that you set is kept in memory only, until Ctrl+C ends the server.");
  let isStopping = false;
  const stop = async () => {
    // The terminal and npm may both hand on Ctrl+C.
    if (isStopping) return;
    isStopping = true;
    await server.stop();
    await rm(extensions, { recursive: true, force: true });
    process.exit();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop());
}
