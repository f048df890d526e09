import { rm } from "node:fs/promises";
import { ApiDouble } from "../support/apiDouble.js";
import { linkedExtensions } from "../support/server.js";
import { VsCode } from "../support/vscode.js";
import { Workspace } from "../support/workspace.js";

describe("the window that npm start opens", () => {
  it("audits without a key, and shows that a wrong key is refused", async () => {
    const extensions = await linkedExtensions();
    const api = await new ApiDouble().start();
    const workspace = await Workspace.create();
    const settings = { "screenshotWorkbench.baseUrl": api.url };
    const code = await VsCode.launch({ workspace: workspace.folder, people: true, extensions, settings });
    try {
      await code.file("checkout.png").waitFor();
      await code.untilMenuHas("checkout.png", "Screenshot");
      await code.contextMenu(code.file("checkout.png"), "Screenshot", "Audit Accessibility");
      await code.panel.locator(".head").filter({ hasText: "Pay now" }).waitFor();
      await code.command("Screenshot: Set API Key");
      await code.typeKey("sk-ant-some-wrong-key");
      await code.page.locator(".notification-toast").filter({ hasText: "API key" }).waitFor();
    } catch (error) {
      await code.screenshot("start failed");
      throw error;
    } finally {
      await code.close();
      await api.stop();
      await workspace.remove();
      await rm(extensions, { recursive: true, force: true });
    }
  });
});
