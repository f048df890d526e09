import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApiDouble, goodKey } from "../support/apiDouble.js";
import { packageFor, thisTarget } from "../support/package.js";
import { installVsix } from "../support/server.js";
import { VsCode } from "../support/vscode.js";
import { Workspace } from "../support/workspace.js";

describe("the packaged extension", () => {
  it("is small, installs, and does the main workflow with every format's decoder inside", async () => {
    const { file, megabytes } = await packageFor(thisTarget());
    assert.ok(megabytes <= 40, `${megabytes} MB`);
    const extensions = await mkdtemp(join(tmpdir(), "extensions-"));
    await installVsix(file, extensions);
    await rm(file);
    const api = await new ApiDouble().start();
    const workspace = await Workspace.create();
    await workspace.copyFixture("flag.heic");
    const settings = { "screenshotWorkbench.baseUrl": api.url };
    const code = await VsCode.launch({ workspace: workspace.folder, extensions, settings });
    try {
      await code.file("checkout.png").waitFor();
      await code.untilMenuHas("checkout.png", "Screenshot");
      await code.contextMenu(code.file("checkout.png"), "Screenshot", "Audit Accessibility");
      await code.panel.getByText("Text “Pay now” has a contrast of 1.57:1").waitFor();
      await code.panel.getByRole("button", { name: "Set API Key" }).click();
      await code.typeKey(goodKey);
      await code.untilAudited();
      await code.command("View: Close All Editors");
      await code.contextMenu(code.file("flag.heic"), "Screenshot", "Convert to Mermaid");
      await code.panel.locator(".drawing svg").waitFor();
      assert.deepEqual(code.violations, []);
    } catch (error) {
      await code.screenshot("vsix");
      throw error;
    } finally {
      await code.close();
      await api.stop();
      await workspace.remove();
      await rm(extensions, { recursive: true, force: true });
    }
  });
});
