import assert from "node:assert/strict";
import {
  CancellationTokenSource,
  commands,
  extensions,
  LanguageModelDataPart,
  LanguageModelTextPart,
  lm,
  Uri,
  workspace,
} from "vscode";
import { contributes } from "../../../package.json";
import { agentToolId, historyView } from "../../../src/editor/contributions.js";
import { type AgentToolName, agentTools } from "../../../src/editor/manifest/agentTools.js";

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
  "offers agents the tools of the manifest": async () => {
    const own = lm.tools.map(({ name }) => name).filter((name) => name.startsWith("screenshotWorkbench_"));
    assert.deepEqual(own.sort(), contributes.languageModelTools.map(({ name }) => name).sort());
    assert.deepEqual(own, (Object.keys(agentTools) as AgentToolName[]).map(agentToolId).sort());
  },
  "shows an agent the picture that is open, and says what is wrong where none is": async () => {
    const call = async (name: AgentToolName, input: object) =>
      lm.invokeTool(
        agentToolId(name),
        { input, toolInvocationToken: undefined },
        new CancellationTokenSource().token,
      );
    await commands.executeCommand("workbench.action.closeAllEditors");
    await assert.rejects(call("view_open_picture", {}), /No picture file is open/);
    await assert.rejects(call("get_open_findings", {}), /No finished result is open/);
    const [folder] = workspace.workspaceFolders ?? [];
    if (!folder) throw new Error("There is no folder");
    const picture = Uri.joinPath(folder.uri, "checkout.png");
    await commands.executeCommand("vscode.openWith", picture, "imagePreview.previewEditor");
    const { content } = await call("view_open_picture", { max_side: 200 });
    const [text, image] = content;
    assert.ok(text instanceof LanguageModelTextPart && text.value.includes(picture.fsPath));
    assert.ok(
      image instanceof LanguageModelDataPart && image.mimeType === "image/png" && image.data.length > 1000,
    );
    await assert.rejects(call("view_open_picture", { max_side: "large" }), /wrong arguments: max_side/);
    const runs = (await call("search_screenshot_history", { search: "no such run" })).content[0];
    assert.ok(runs instanceof LanguageModelTextPart && runs.value === '{"runs":[]}');
  },
  "teaches agents the skills and prompts of the manifest": async () => {
    const loaded = JSON.stringify(await commands.executeCommand("_listExtensionPromptFiles"));
    for (const { path } of [...contributes.chatSkills, ...contributes.chatPromptFiles])
      assert.ok(loaded.includes(path.slice(1)), `${path} is not in ${loaded.slice(0, 2000)}`);
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
