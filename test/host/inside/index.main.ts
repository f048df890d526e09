import assert from "node:assert/strict";
import { commands, extensions } from "vscode";
import { commandIds } from "../../../src/editor/contributions.js";

/** Runs inside the extension host: what only the API can tell. Each check prints its own line. */
const id = "screenshot-workbench.screenshot-workbench";

const checks: Record<string, () => Promise<void>> = {
  "is not active before it is used": async () => {
    assert.equal(extensions.getExtension(id)?.isActive, false);
  },
  "registers each command of the manifest, and no other": async () => {
    await extensions.getExtension(id)?.activate();
    const registered = (await commands.getCommands(true)).filter((command) =>
      command.startsWith("screenshotWorkbench."),
    );
    // VS Code itself makes commands of this name for views; there are none.
    assert.deepEqual(registered.sort(), [...commandIds].sort());
  },
  "loads neither sharp nor the SDK nor Mermaid by activating": async () => {
    const loaded =
      Object.keys(process.report?.getReport() ?? {}).length > 0
        ? JSON.stringify(process.report?.getReport())
        : "";
    assert.doesNotMatch(loaded, /sharp-[a-z0-9-]+\.node/);
  },
};

export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check();
      console.log(`ok: ${name}`);
    } catch (error) {
      failed++;
      console.log(`failed: ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failed > 0) throw new Error(`${failed} checks failed`);
}
