import { ApiDouble, goodKey } from "./apiDouble.js";
import { VsCode } from "./vscode.js";
import { Workspace } from "./workspace.js";

/** Takes the README's picture: `node dist/test/support/readmePicture.main.js`. The answer is the API double's. */
const api = await new ApiDouble().start();
const workspace = await Workspace.create();
await workspace.setTheme("Light 2026");
const code = await VsCode.launch({
  workspace: workspace.folder,
  settings: { "screenshotWorkbench.baseUrl": api.url },
});
await code.file("checkout.png").waitFor();
await code.untilMenuHas("checkout.png", "Screenshot");
await code.contextMenu(code.file("checkout.png"), "Screenshot", "Audit Accessibility");
await code.typeKey(goodKey);
await code.panel.locator(".head").first().click();
await code.page.locator(".notifications-toasts").waitFor({ state: "hidden" });
await code.page.screenshot({
  path: "media/readme/audit.png",
  clip: { x: 0, y: 0, width: 1500, height: 640 },
});
await code.close();
await api.stop();
await workspace.remove();
