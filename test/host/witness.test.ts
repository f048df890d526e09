import assert from "node:assert/strict";
import type { ApiDouble } from "../support/apiDouble.js";
import { auditAnswer } from "../support/cannedAnswers.js";
import { drawnTexts } from "../support/drawn.js";
import { endOcr, wordsIn } from "../support/measured.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

describe("the pixels as witness, in VS Code", () => {
  const session = useSession({ withKey: true, files: { "notes.md": "# Notes\n\n" } });
  const { run, closePanels } = session;
  let api: ApiDouble;
  let code: VsCode;
  let workspace: Workspace;
  before(() => {
    ({ api, code, workspace } = session);
  });
  beforeEach(async () => {
    api.reset();
    await code.forgetAnswers();
  });
  afterEach(closePanels);
  after(endOcr);

  const [pale] = auditAnswer.findings;

  it("contradicts a claim that the pixels deny, folded away with both numbers", async () => {
    assert.ok(pale);
    const heading = {
      ...pale,
      title: "Heading too pale",
      value: 2.1,
      box: { x: 38, y: 88, width: 200, height: 34 },
    };
    api.answer = () => ({ ...auditAnswer, findings: [heading] });
    await run("checkout.png", "Audit Accessibility");
    const { panel } = code;
    await panel.getByText("Not supported by measurement (1)").waitFor();
    assert.equal(await panel.getByText("Heading too pale").isVisible(), false);
    await panel.getByText("Not supported by measurement (1)").click();
    await panel.locator(".head").filter({ hasText: "Heading too pale" }).click();
    await panel.getByText(/^Claimed: about 2\.1:1\. Measured: 1[0-9.]+:1/).waitFor();
  });

  it("folds away what Claude sets aside, with its numbers, and brings it back when that is restored", async () => {
    const { panel } = code;
    await closePanels();
    api.answer = ({ text }) => {
      const failing = /Fail 1\.4\.3:\n([\s\S]*?)\n[A-Z][^\n]*:\n/.exec(text)?.[1] ?? "";
      const marks = [...failing.matchAll(/^T\d+/gm)].map(([id]) => id);
      return { ...auditAnswer, setAside: [{ marks, reason: "disabled" }], findings: [] };
    };
    await run("checkout.png", "Audit Accessibility");
    await panel.getByText(/measured failures? (is|are) set aside by Claude: \d disabled\./).waitFor();
    const folded = panel.getByText(/^Set aside by Claude: disabled \(\d\)$/);
    assert.equal(await panel.locator(".head").filter({ hasText: "Pay now" }).isVisible(), false);
    await folded.click();
    await panel.locator(".head").filter({ hasText: "Pay now" }).click();
    await panel.getByText(/Contrast is 1\.57:1 .*at least 4\.5:1 is required\./).waitFor();
    await code.screenshot("set aside by Claude");
    await panel.getByRole("button", { name: "Restore" }).click();
    const back = panel.locator(".findings").first().locator(".head").filter({ hasText: "Pay now" });
    await back.waitFor();
    await panel.getByText("Restored.").waitFor();
    await code.screenshot("restored");
    await panel.getByRole("button", { name: "Undo" }).click();
    await panel.getByText("Restored.").waitFor({ state: "detached" });
    await panel.locator(".setAside .head").filter({ hasText: "Pay now" }).waitFor();
  });

  it("asks about what Claude is unsure of, by key and by button, and never again about the same", async () => {
    const { panel, page } = code;
    // What the panel showed before is not what is asked about.
    await closePanels();
    await run("checkout.png", "Audit Accessibility");
    await panel.getByText("Needs review (1)").waitFor();
    await panel.locator(".head").filter({ hasText: "Stock state by colour alone" }).focus();
    await page.keyboard.press("d");
    await panel.getByRole("button", { name: "False alarm" }).waitFor();
    await page.keyboard.press("Enter");
    await panel.getByText("Dismissed (1)").waitFor();
    await closePanels();

    await run("checkout.png", "Audit Accessibility");
    await panel.getByText("Dismissed (1)").click();
    assert.equal(await panel.getByText("Needs review").count(), 0);
    await panel.locator(".head").filter({ hasText: "Stock state by colour alone" }).click();
    await panel.getByText("Dismissed as false alarm.").waitFor();
    await panel.getByRole("button", { name: "Reopen" }).click();
    await panel.getByText("Needs review (1)").waitFor();
    await panel.getByRole("button", { name: "Accept" }).click();
    await panel.getByText("Accepted.").waitFor();
    assert.equal(await panel.getByText("Needs review").count(), 0);
  });

  describe("a picture with a card number", () => {
    const number = "4111 1111 1111 1111";
    before(async () => {
      const lines = ["Payment details", `Card ${number}`, "Mail ada@example.org", "Total 24.00"];
      await workspace.write("card.png", await drawnTexts(lines.map((text) => ({ text, size: 16 }))));
      await code.file("card.png").waitFor();
    });

    it("is asked about before anything is sent, and goes out covered", async () => {
      const { panel } = code;
      await run("card.png", "Triage Bug");
      await panel
        .getByText(/The picture shows a likely payment card number at \d+, \d+ px; a likely e-mail/)
        .waitFor();
      assert.equal(api.requests.length, 0);
      await code.screenshot("question before sending");
      await panel.getByRole("button", { name: "Cover and Ask Claude" }).click();
      await panel.getByText(/Covered in the picture before it was used/).waitFor();
      const body = api.questions[0]?.body;
      const image = body?.images[0];
      assert.ok(body && image);
      const seen = await wordsIn(image.bytes);
      assert.match(seen, /Payment details/);
      assert.doesNotMatch(seen, /4111|1111|ada|example/);
      // Neither in the marks, nor anywhere else in the request.
      assert.doesNotMatch(JSON.stringify({ ...body, images: [] }), /4111|1111 1111|ada@/);
      assert.match(body.text, /\[payment card number\]/);
    });

    it("goes out as it is when the person says so, and not at all when they cancel", async () => {
      const { panel } = code;
      await run("card.png", "Triage Bug");
      await panel.getByRole("button", { name: "Send Uncovered" }).click();
      await panel.getByText(/Sent uncovered, as you chose/).waitFor();
      const image = api.questions[0]?.body?.images[0];
      assert.match(await wordsIn(image?.bytes ?? Buffer.alloc(0)), /4111 ?1111 ?1111 ?1111/);
      await closePanels();
      api.reset();
      await run("card.png", "Triage Bug");
      await panel.getByRole("button", { name: "Cancel" }).click();
      await panel.getByText("Cancelled. Nothing was saved.").waitFor();
      assert.equal(api.requests.length, 0);
    });

    it("is measured without asking anyone, covered, when that is chosen", async () => {
      const { panel } = code;
      await run("card.png", "Audit Accessibility");
      await panel.getByRole("button", { name: "Measure Only" }).click();
      await panel.getByRole("note").getByText("nothing was sent").waitFor();
      await panel.getByText(/Covered in the picture before it was used/).waitFor();
      assert.equal(api.requests.length, 0);
    });

    it("leaves no secret in any text on the disk", async () => {
      const kept = await code.everythingKept();
      assert.ok(kept.includes('"kind":"card"'), "the runs are among what was looked at");
      assert.ok(!/4111 1111|4111111111111111|ada@example/.test(kept));
    });
  });
});
