import { VsCode } from "./vscode.js";
import { Workspace } from "./workspace.js";

/** Takes the README's picture, what a newcomer without a key sees first: `node dist/test/support/readmePicture.main.js`. */
const workspace = await Workspace.create();
await workspace.setTheme("Light 2026");
const code = await VsCode.launch({ workspace: workspace.folder });
await code.file("checkout.png").waitFor();
await code.untilMenuHas("checkout.png", "Screenshot");
await code.contextMenu(code.file("checkout.png"), "Screenshot", "Audit Accessibility");
await code.panel.locator(".head").filter({ hasText: "Pay now" }).click();
await code.page.locator(".notifications-toasts").waitFor({ state: "hidden" });
await code.page.screenshot({
  path: "media/readme/audit.png",
  clip: { x: 0, y: 0, width: 1500, height: 780 },
});
await code.close();
await workspace.remove();
