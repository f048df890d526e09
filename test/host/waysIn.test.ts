import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiDouble } from "../support/apiDouble.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

describe("other ways in", () => {
  const session = useSession({
    withKey: true,
    files: {
      "bug.md":
        "## What happened\n\n<!-- tell us -->\n\n## Screenshot\n\n\n## Browser\n\n\n## Mood\n\nfine\n",
      ".vscode/settings.json": JSON.stringify({
        "markdown.copyFiles.destination": { "**/bug.md": "assets/" },
      }),
    },
    prepare: (workspace) => {
      workspace.git("init", "--quiet");
      workspace.git("remote", "add", "origin", "git@github.com:acme/shop.git");
    },
  });
  const { run, closePanels } = session;
  let api: ApiDouble;
  let workspace: Workspace;
  let code: VsCode;
  before(() => {
    ({ api, workspace, code } = session);
  });

  const picture = readFileSync("media/samples/crash.png");

  describe("a picture pasted into an issue template", () => {
    it("is never sent by pasting alone", async () => {
      await code.open("bug.md");
      await code.page.keyboard.press("Control+Home");
      for (let line = 0; line < 5; line++) await code.page.keyboard.press("ArrowDown");
      await code.copyPicture(picture);
      api.reset();
      await code.page.keyboard.press("Control+V");
      await code.page.locator(".post-edit-widget").waitFor();
      assert.deepEqual(api.requests, []);
    });

    it("fills it in when that is chosen, and its file exists where pictures go", async () => {
      await code.page.locator(".post-edit-widget a, .post-edit-widget .monaco-button").first().click();
      await code.page
        .locator(".context-view .action-widget, .monaco-menu, .quick-input-list")
        .getByText("Paste as Filled Issue")
        .first()
        .click();
      await workspace.untilHolds(
        "bug.md",
        /^## What happened\n\nA payment of[\s\S]*## Screenshot\n[\s\S]*!\[Screenshot\]\(assets\/[\w-]+\.png\)[\s\S]*## Browser\n\nFirefox 144[\s\S]*## Mood\n\nfine\n/,
      );
      const [, link = ""] = /!\[Screenshot\]\(([^)]*)\)/.exec(await workspace.read("bug.md")) ?? [];
      assert.ok(existsSync(join(workspace.folder, link)), link);
      assert.equal(api.questions.length, 1);
    });
  });

  describe("Screenshot: From Clipboard", () => {
    it("takes a pasted picture and runs the workflow that is chosen for it", async () => {
      api.reset();
      await closePanels();
      await code.command("Screenshot: From Clipboard");
      await code.panel.getByText("Paste or drop a picture").click();
      await code.copyPicture(picture);
      await code.page.keyboard.press("Control+V");
      await code.panel.getByRole("img", { name: "The pasted picture" }).waitFor();
      assert.deepEqual(api.requests, []);
      await code.panel.getByRole("button", { name: "Audit Accessibility" }).click();
      await code.untilAudited();
      assert.deepEqual(code.violations, []);
    });
  });

  describe("a pasted bug", () => {
    it("is copied into the repository where its issue links it", async () => {
      await closePanels();
      await code.command("Screenshot: From Clipboard");
      await code.panel.getByText("Paste or drop a picture").click();
      await code.copyPicture(picture);
      await code.page.keyboard.press("Control+V");
      await code.panel.getByRole("button", { name: "Triage Bug" }).click();
      await code.panel.getByRole("button", { name: "New File" }).click();
      await code.page.locator(".view-line").getByText("![Screenshot](screenshots/").first().waitFor();
      assert.deepEqual(readdirSync(join(workspace.folder, "screenshots")).length, 1);
      await code.command("View: Revert and Close Editor");
    });
  });

  describe("the image preview", () => {
    it("has the workflows in its title and on its tab", async () => {
      await closePanels();
      await code.file("checkout.png").dblclick();
      const tab = code.page.locator(".tab.active").filter({ hasText: "checkout.png" });
      await tab.waitFor();
      await code.page.locator(".editor-actions").getByRole("button", { name: "Screenshot" }).waitFor();
      await code.contextMenu(tab, "Screenshot", "Audit Accessibility");
      await code.untilAudited();
    });
  });

  describe("the command palette", () => {
    it("asks which picture, when none is open", async () => {
      await closePanels();
      await code.command("Screenshot: Audit Accessibility");
      await code.page
        .locator(".quick-input-list .monaco-list-row")
        .filter({ hasText: "crash.png" })
        .first()
        .click();
      await code.page.locator(".tab").filter({ hasText: "crash.png — Audit" }).waitFor();
      await code.untilAudited();
    });
  });

  describe("a bug in a repository on GitHub", () => {
    it("opens the new-issue page with every character of the text", async () => {
      await code.context.route("https://github.com/**", (route) => route.fulfill({ body: "a stand-in" }));
      await closePanels();
      await run("crash.png", "Triage Bug");
      await code.panel.getByRole("button", { name: "Open on GitHub" }).click();
      const opened = code.context.waitForEvent("page");
      await code.page
        .locator(".monaco-dialog-box")
        .getByRole("button", { name: "Open", exact: true })
        .click();
      const page = await opened;
      await page.waitForURL(/^https:\/\/github\.com\//);
      const url = new URL(page.url());
      await page.close();
      // Else the focus comes back later, and closes what is opened next.
      await code.page.bringToFront();
      assert.equal(`${url.origin}${url.pathname}`, "https://github.com/acme/shop/issues/new");
      assert.equal(url.searchParams.get("title"), "Recording a payment fails with TypeError in sumPayments");
      const body = url.searchParams.get("body") ?? "";
      assert.match(
        body,
        /^## What happened\n\nA payment of[\s\S]*## Screenshot\n\n_Paste the picture here\._/,
      );
      assert.ok(body.includes("/invoices/2041?tab=payments`"), body);
    });
  });

  describe("Screenshot: Choose Model", () => {
    it("lists what the key can use, and uses what is chosen", async () => {
      await code.command("Screenshot: Choose Model");
      await code.page
        .locator(".quick-input-list .monaco-list-row")
        .filter({ hasText: "Claude Haiku 5.5" })
        .click();
      await code.page
        .locator(".quick-input-list .monaco-list-row")
        .filter({ hasText: "All workflows" })
        .click();
      await closePanels();
      api.reset();
      await run("checkout.png", "Audit Accessibility");
      await code.panel.getByText("claude-haiku-5-5").waitFor();
      assert.equal(api.questions[0]?.body?.model, "claude-haiku-5-5");
    });
  });
});
