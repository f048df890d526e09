import assert from "node:assert/strict";
import { type ApiDouble, goodKey } from "../support/apiDouble.js";
import { becomes } from "../support/becomes.js";
import { auditAnswer } from "../support/cannedAnswers.js";
import { numbered } from "../support/dependencies.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

describe("many pictures in VS Code", () => {
  const session = useSession({ withKey: true, settings: { "screenshotWorkbench.redaction": "always" } });
  const { closePanels } = session;
  let api: ApiDouble;
  let workspace: Workspace;
  let code: VsCode;
  before(async () => {
    ({ api, workspace, code } = session);
    for (let number = 0; number < 6; number++)
      await workspace.write(`shots/${number}.png`, await numbered(number));
    await workspace.write("shots/torn.png", "no picture");
    await code.file("shots").waitFor();
  });
  beforeEach(async () => {
    api.reset();
    await code.forgetAnswers();
  });

  const auditFolder = () => code.contextMenu(code.file("shots"), "Screenshot", "Audit Accessibility");
  const rows = (state: string) => code.panel.locator(`tr.${state}`);

  describe("now", () => {
    it("says before what it will cost, and asks nobody until that is agreed to", async () => {
      await auditFolder();
      const dialog = code.page.locator(".monaco-dialog-box");
      await dialog.getByText(/7 pictures, .*visual tokens, about US\$/).waitFor();
      await code.dialogButton("Cancel").click();
      assert.equal(api.questions.length, 0);
    });

    it("counts the tokens exactly by the API, when that is asked for", async () => {
      await code.contextMenu(code.file("checkout.png"), "Screenshot", "Count Tokens");
      await code.page
        .locator(".quick-input-list .monaco-list-row")
        .filter({ hasText: "Audit Accessibility" })
        .click();
      await code.page
        .locator(".monaco-dialog-box")
        .getByText(/exactly [\d,]+ tokens in/)
        .waitFor();
      await code.dialogButton("OK").click();
      assert.deepEqual([api.questions.length, api.requests.at(-1)?.path], [0, "/v1/messages/count_tokens"]);
    });

    it("runs all, puts the torn one aside with its reason, and shows what each came to", async () => {
      await auditFolder();
      await code.dialogButton(/^Run Now/).click();
      await code.panel.getByText("7 of 7 finished").waitFor();
      await rows("failed")
        .getByText(/torn\.png: The file is a text file/)
        .waitFor();
      await becomes(() => rows("review").count(), 6);
      assert.equal(api.questions.length, 6);
      await code.screenshot("table of pictures");
    });

    it("sorts by what is clicked, and filters", async () => {
      const names = () => code.panel.locator("tbody .link").allInnerTexts();
      await code.panel.getByRole("button", { name: /^State/ }).click();
      assert.equal((await names())[0], "torn.png");
      await code.panel.getByRole("button", { name: /^Picture/ }).click();
      await code.panel.getByRole("button", { name: /^Picture/ }).click();
      assert.deepEqual((await names()).slice(0, 2), ["torn.png", "5.png"]);
      await code.panel.getByRole("textbox").fill("3.png");
      await code.panel.locator("tbody tr").nth(1).waitFor({ state: "detached" });
      assert.deepEqual(await names(), ["3.png"]);
      await code.panel.getByRole("textbox").fill("");
    });

    it("opens a row's panel without asking again", async () => {
      api.reset();
      await code.panel.getByRole("button", { name: "2.png" }).click();
      await code.untilAudited();
      assert.equal(api.requests.length, 0);
      await code.command("View: Close Editor");
    });

    it("retries what failed, alone", async () => {
      await workspace.write("shots/torn.png", await numbered(17));
      await code.panel.getByRole("button", { name: "Retry Failed (1)" }).click();
      await rows("review").nth(6).waitFor();
      assert.equal(api.questions.length, 1);
    });

    it("saves one report on all", async () => {
      await code.panel.getByRole("button", { name: "Save Markdown" }).click();
      const input = code.page.locator(".quick-input-widget input").first();
      await input.waitFor();
      await input.press("Enter");
      const report = await workspace.untilHolds("audit-summary.md", /^# Accessibility audit\n\n7 pictures/);
      assert.match(report, /7 places/);
    });

    it("keeps the finished when it is cancelled in the middle", async () => {
      await closePanels();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      api.answer = () => ({ ...auditAnswer, summary: "Held or not." });
      api.beforePiece = async (_, request) => {
        if (api.questions.findIndex(({ body }) => body === request) >= 2) await held;
      };
      await auditFolder();
      await code.dialogButton(/^Run Now/).click();
      await rows("review").nth(1).waitFor();
      await code.panel.getByRole("button", { name: "Cancel" }).click();
      await code.panel.getByText("7 of 7 finished").waitFor();
      release();
      const done = await rows("review").count();
      assert.ok(done >= 2 && done < 7, `${done} were done`);
      await becomes(() => rows("cancelled").count(), 7 - done);
      // What was done is known, and what was not is asked for.
      api.reset();
      await code.panel.getByRole("button", { name: /^Retry Failed/ }).click();
      await rows("review").nth(6).waitFor();
      assert.equal(api.questions.length, 7 - done);
      await closePanels();
    });
  });

  describe("later, at half price", () => {
    /** The API was asked to cancel, and had answered four of seven. */
    async function endsCancelled(): Promise<void> {
      while (!api.batches.held[0]?.isCanceling) await code.page.waitForTimeout(50);
      api.batches.endAll();
      await code.panel.getByText("7 of 7 finished").waitFor();
      await becomes(() => rows("review").count(), 4);
      await becomes(() => rows("cancelled").count(), 3);
    }

    it("submits, survives a reload, and shows the answers when they arrive", async () => {
      await auditFolder();
      await code.dialogButton(/^Run Later/).click();
      await rows("submitted").nth(6).waitFor();
      await code.panel.getByText(/7 submitted at half price/).waitFor();
      assert.equal(api.batches.held[0]?.requests.length, 7);
      await code.reload();
      await rows("submitted").nth(6).waitFor();
      // The key of the test's window does not survive a reload.
      await code.command("Screenshot: Set API Key");
      await code.typeKey(goodKey);
      await code.page.locator(".statusbar").getByText("The API key works").waitFor();
      // Who wants the same pictures now waits with the others.
      await auditFolder();
      await becomes(() => code.page.locator(".tab").filter({ hasText: "7 pictures in shots" }).count(), 2);
      await code.panel.getByText(/7 submitted at half price/).waitFor();
      await code.command("View: Close Editor");
      api.batches.endAll();
      await code.panel.getByText("7 of 7 finished").waitFor();
      await becomes(() => rows("review").count(), 7);
      assert.equal(api.questions.length, 0);
      await code.screenshot("answers of a batch");
      await closePanels();
    });

    it("has the panel of one that is opened meanwhile wait for its answer", async () => {
      await auditFolder();
      await code.dialogButton(/^Run Later/).click();
      await rows("submitted").nth(6).waitFor();
      await code.panel.getByRole("button", { name: "2.png" }).click();
      await code.panel.getByText("2.png: This was submitted at half price").waitFor();
      await code.screenshot("awaited");
      api.batches.endAll();
      await code.untilAudited();
      assert.equal(api.questions.length, 0);
      await closePanels();
    });

    it("finds and cancels what was made while its submission was cancelled", async () => {
      api.faults.push("hang");
      await auditFolder();
      await code.dialogButton(/^Run Later/).click();
      while (api.batches.held.length === 0) await code.page.waitForTimeout(50);
      await code.panel.getByRole("button", { name: "Cancel" }).click();
      await endsCancelled();
      assert.equal(api.batches.held.length, 1);
      await closePanels();
    });

    it("keeps what was answered when it is cancelled", async () => {
      await auditFolder();
      await code.dialogButton(/^Run Later/).click();
      await rows("submitted").nth(6).waitFor();
      await code.panel.getByRole("button", { name: "Cancel" }).click();
      await endsCancelled();
      await closePanels();
    });
  });

  describe("the history", () => {
    it("lists the runs, and opens one with no request", async () => {
      api.reset();
      await code.command("View: Show Screenshot");
      const row = code.page.locator(".pane-body .monaco-list-row").filter({ hasText: "3.png" }).first();
      await row.click();
      await code.untilAudited();
      assert.equal(api.requests.length, 0);
      await code.screenshot("history");
    });

    it("filters and searches", async () => {
      const list = code.page.locator(".pane-body .monaco-list-row");
      await code.page.getByRole("button", { name: "Search History" }).click();
      const input = code.page.locator(".quick-input-widget input").first();
      await input.fill("5.png");
      await input.press("Enter");
      await list.filter({ hasText: "3.png" }).first().waitFor({ state: "detached" });
      await becomes(() => list.count(), 1);
      await code.page.getByRole("button", { name: "Search History" }).click();
      await input.fill("");
      await input.press("Enter");
      await list.filter({ hasText: "3.png" }).first().waitFor();
    });

    it("deletes a run with its copies and answers", async () => {
      const row = code.page.locator(".pane-body .monaco-list-row").filter({ hasText: "3.png" }).first();
      await row.hover();
      await row.getByRole("button", { name: "Delete Run" }).click();
      await row.filter({ hasText: "3.png" }).waitFor({ state: "detached" });
      await code.command("View: Show Explorer");
      await session.run("checkout.png", "Audit Accessibility");
      await code.untilAudited();
      assert.equal(api.questions.length, 1);
    });

    it("says of an answer that is known since when, and asks again when that is wanted", async () => {
      await closePanels();
      await session.run("checkout.png", "Audit Accessibility");
      await code.panel.getByText(/tokens in/).waitFor();
      await session.run("checkout.png", "Audit Accessibility");
      await code.panel.getByText(/From cache, \d+ \w+; nothing was sent/).waitFor();
      const before = api.questions.length;
      await code.panel.getByRole("button", { name: "Run Again" }).click();
      await code.panel.getByText(/tokens in/).waitFor();
      assert.equal(api.questions.length, before + 1);
      await closePanels();
    });
  });

  describe("what it costs", () => {
    it("is in the status bar, and on a page by day, workflow and model", async () => {
      const item = code.page.locator(".statusbar").getByText(/US\$ \d/);
      await item.click();
      await code.panel.getByRole("img", { name: /US\$ spent a day/ }).waitFor();
      await code.panel.getByRole("cell", { name: "claude-sonnet-5-5" }).first().waitFor();
      await code.screenshot("spend");
      await code.panel.getByRole("button", { name: "Export CSV" }).click();
      const input = code.page.locator(".quick-input-widget input").first();
      await input.waitFor();
      await input.press("Enter");
      await workspace.untilHolds(
        "screenshot-spend.csv",
        /^day,workflow,model,[\s\S]*,audit,claude-sonnet-5-5,/,
      );
      await closePanels();
    });

    it("refuses what would pass the budget before anything is sent, and goes on when it is raised", async () => {
      await code.command("Screenshot: Raise Daily Budget");
      const input = code.page.locator(".quick-input-widget input").first();
      await input.fill("0.001");
      await input.press("Enter");
      await session.run("crash.png", "Triage Bug");
      await code.panel
        .getByRole("alert")
        .getByText(/Nothing was sent: the budget of US\$ 0\.0010 today/)
        .waitFor();
      assert.equal(api.questions.length, 0);
      await code.panel.getByRole("button", { name: "Raise Daily Budget" }).click();
      await input.fill("30");
      await input.press("Enter");
      // What is measured stands there before Claude is asked.
      await becomes(async () => api.questions.length, 1);
      await code.panel.getByText("Something went wrong").first().waitFor();
      await closePanels();
    });

    it("is deleted with everything else when that is wanted", async () => {
      await code.command("Screenshot: Delete All Stored Data");
      await code.dialogButton("Delete All").click();
      await code.page.locator(".statusbar").getByText("All stored data was deleted").waitFor();
      await code.command("View: Show Screenshot");
      await code.page.getByText("What you run on pictures is listed here").waitFor();
      await code.command("View: Show Explorer");
    });
  });

  it("violates no content security policy", () => assert.deepEqual(code.violations, []));
});
