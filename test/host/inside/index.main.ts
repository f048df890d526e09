import assert from "node:assert/strict";
import { commands, extensions } from "vscode";
import { contributes } from "../../../package.json";
import { historyView } from "../../../src/editor/contributions.js";

/** Runs inside the extension host: what only the API can tell. Each check prints its own line. */
const id = "screenshot-workbench.screenshot-workbench";

const checks: Record<string, () => Promise<void>> = {
  // Not whether it sleeps until then: VS Code has plain-text models of its own, and they may wake it first.
  "activates when it is asked to": async () => {
    await extensions.getExtension(id)?.activate();
    assert.equal(extensions.getExtension(id)?.isActive, true);
  },
  "registers each command of the manifest, and no other": async () => {
    // VS Code itself makes commands for our view.
    const registered = (await commands.getCommands(true)).filter(
      (command) => command.startsWith("screenshotWorkbench.") && !command.startsWith(`${historyView}.`),
    );
    assert.deepEqual(registered.sort(), contributes.commands.map(({ command }) => command).sort());
  },
  "loads nothing native of sharp by activating": async () => {
    const report = JSON.stringify(process.report?.getReport() ?? {});
    assert.match(report, /"sharedObjects":\[/);
    assert.doesNotMatch(report, /sharp-[a-z0-9-]+\.node/);
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
