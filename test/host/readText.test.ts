import assert from "node:assert/strict";
import { useSession } from "../support/session.js";

describe("the words of a picture", () => {
  const session = useSession({ files: { "notes.md": "# Notes\n\n" } });

  it("are on the clipboard after one click, without a key, a panel or a question", async () => {
    const { api, code } = session;
    await session.run("crash.png", "Copy Text");
    await code.page.locator(".statusbar").getByText("Read Text: copied.").waitFor();
    const text = await code.clipboard();
    assert.match(text, /TypeError: Cannot read properties of undefined/);
    assert.match(text, /\n {4}at recordPayment \(invoice\.ts:214:12\)\n/);
    assert.equal(await code.page.locator("iframe.webview").count(), 0);
    assert.deepEqual(api.requests, []);
  });
});
