import assert from "node:assert/strict";
import { goodKey } from "../support/apiDouble.js";
import { useSession } from "../support/session.js";

describe("the words of a picture", () => {
  const session = useSession({ files: { "notes.md": "# Notes\n\n" } });

  it("are on the clipboard after one click, without a key, a panel or a question", async () => {
    const { api, code } = session;
    await session.run("crash.png", "Copy Text");
    await code.page.locator(".statusbar").getByText("Read Text: copied.").waitFor();
    const text = await code.clipboard();
    assert.match(text, /TypeError: Cannot read properties of undefined \(reading 'amount'\)/);
    assert.match(text, /\n {4}at recordPayment \(invoice\.ts:214:12\)/);
    assert.equal(await code.page.locator("iframe.webview").count(), 0);
    assert.deepEqual(api.requests, []);
  });

  it("are transcribed by Claude with a key, line by line beside what OCR reads", async () => {
    const { api, code } = session;
    api.answer = () => ({
      blocks: [
        { kind: "heading", language: "", lines: ["Invoice 2041"] },
        {
          kind: "paragraph",
          language: "",
          lines: ["Something went wrong. The payment could not be recalled. (HTTP 500, request 7f3a-11c9)"],
        },
      ],
    });
    await code.command("Screenshot: Set API Key");
    await code.typeKey(goodKey);
    await code.page.locator(".statusbar").getByText("The API key works").waitFor();
    await session.run("crash.png", "Read Text");
    const { panel } = code;
    await panel.getByText("2 lines: OCR agrees with 1, reads 1 differently.").waitFor();
    await panel.getByText(/Claude: “Something went wrong.*recalled.*” · OCR: “.*recorded/).waitFor();
    await panel.getByRole("button", { name: "Copy Text" }).click();
    await code.page.locator(".statusbar").getByText("Text copied.").waitFor();
    assert.match(await code.clipboard(), /^Invoice 2041\n\nSomething went wrong/);
    assert.equal(api.questions.length, 1);
  });
});
