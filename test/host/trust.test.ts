import assert from "node:assert/strict";
import type { ApiDouble } from "../support/apiDouble.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";

describe("in a workspace that is not trusted", () => {
  const session = useSession({
    trust: false,
    files: {
      ".vscode/settings.json": JSON.stringify({ "screenshotWorkbench.baseUrl": "http://127.0.0.1:9" }),
    },
  });
  let api: ApiDouble;
  let code: VsCode;
  before(() => {
    ({ api, code } = session);
  });

  it("offers no workflow, in no menu and not in the palette", async () => {
    // The general commands show that the extension is there.
    await code.untilCommand("Screenshot: Set API Key");
    await code.file("checkout.png").click({ button: "right" });
    await code.page.locator(".monaco-menu").first().waitFor();
    assert.equal(await code.page.locator(".monaco-menu").getByText("Screenshot", { exact: true }).count(), 0);
    await code.page.keyboard.press("Escape");
    assert.equal(await code.offersCommand("Screenshot: Audit Accessibility"), false);
    assert.equal(await code.offersCommand("Screenshot: From Clipboard"), false);
  });

  it("sends the key to the person's own address, never to the workspace's", async () => {
    await code.command("Screenshot: Set API Key");
    await code.typeKey("sk-ant-some-wrong-key");
    await code.untilRequests(api, 1);
    assert.equal(api.requests[0]?.path, "/v1/models");
  });
});
