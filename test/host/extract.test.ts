import assert from "node:assert/strict";
import { goodKey } from "../support/apiDouble.js";
import { useSession } from "../support/session.js";

describe("the data of a picture", () => {
  const session = useSession({ files: { "notes.md": "# Notes\n\n" } });

  it("is looked through, corrected and taken along as CSV", async () => {
    const { api, code } = session;
    await code.command("Screenshot: Set API Key");
    await code.typeKey(goodKey);
    await code.page.locator(".statusbar").getByText("The API key works").waitFor();
    await session.run("checkout.png", "Extract Data");
    const { panel } = code;
    await panel.getByText("6 values: OCR confirms 5, reads 1 differently.").waitFor();
    await panel.getByText("The items add up to the total: it is 175.5, not 157.5").first().waitFor();
    await code.screenshot("extract");
    // The one to look at is found by a key, and typed over.
    await panel.getByRole("button", { name: "Next to Review (1)" }).click();
    const wrong = panel.getByRole("textbox", { name: "amount, row 2: OCR reads “£24.00”" });
    assert.ok(await wrong.evaluate((element) => element === document.activeElement));
    await wrong.fill("£24.00");
    await wrong.press("Enter");
    await panel.getByRole("textbox", { name: "amount, row 2: corrected by you" }).waitFor();
    await panel.getByText("Checks: 1 of 1 hold").waitFor();
    assert.equal(await panel.getByRole("button", { name: /Next to Review/ }).count(), 0);
    await panel.locator("vscode-single-select").click();
    await panel.locator("vscode-single-select").getByRole("option", { name: "CSV" }).click();
    await panel.getByRole("button", { name: "Copy Data" }).click();
    await code.page.locator(".statusbar").getByText("CSV copied.").waitFor();
    assert.match(await code.clipboard(), /checkout\.png,4\.5,157\.5,/);
    await code.screenshot("extract-corrected");
    assert.equal(api.questions.length, 1);
  });
});
