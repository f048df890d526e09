import assert from "node:assert/strict";
import { resolve } from "node:path";
import { runTests } from "@vscode/test-electron";
import { findDesktop } from "../support/desktop.js";
import { VsCode } from "../support/vscode.js";
import { Workspace } from "../support/workspace.js";

const tests = "dist/test/host/inside/index.main.js";

describe("inside the extension host", () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create();
  });
  after(() => workspace.remove());

  it("activates, lightly, and registers what the manifest says", async () => {
    const code = await VsCode.launch({ workspace: workspace.folder, tests });
    const { code: exit, log } = await code.testsEnded;
    await code.close();
    assert.deepEqual(
      log.filter((line) => /^failed/.test(line)),
      [],
    );
    assert.equal(log.filter((line) => /^ok: /.test(line)).length, 6, log.join("\n"));
    assert.equal(exit, 0);
  });

  const desktop = findDesktop();
  if (desktop) {
    it("is the same in the desktop's VS Code", async () => {
      await runTests({
        vscodeExecutablePath: desktop,
        extensionDevelopmentPath: resolve("."),
        extensionTestsPath: resolve(tests),
        launchArgs: [workspace.folder, "--disable-workspace-trust"],
      });
    });
  }
});
