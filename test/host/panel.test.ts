import assert from "node:assert/strict";
import { type ApiDouble, type Fault, goodKey } from "../support/apiDouble.js";
import { becomes, becomesLike } from "../support/becomes.js";
import { diagramAnswer } from "../support/cannedAnswers.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

describe("in VS Code, as a person", () => {
  const session = useSession({
    files: {
      "notes.md": "# Notes\n\n",
      "main.ts": "// code\n",
      "flow.mmd": "",
      ".github/ISSUE_TEMPLATE/bug.md":
        "---\nname: Our bug\nlabels: bug\n---\n## What happened\n\n## Browser\n\n## Screenshot\n\n## Mood\nhow you feel\n",
    },
  });
  const { run, closePanels } = session;
  let api: ApiDouble;
  let workspace: Workspace;
  let code: VsCode;
  before(() => {
    ({ api, workspace, code } = session);
  });
  beforeEach(async () => {
    api.reset();
    await code.forgetAnswers();
  });

  describe("without a key", () => {
    it("shows what is measured, at its place, and says what a key would add", async () => {
      const { panel } = code;
      await run("checkout.png", "Audit Accessibility");
      await panel.locator(".head").filter({ hasText: "Text “Pay now” has a contrast of 1.57:1" }).click();
      await panel.locator(".box.chosen").waitFor();
      await panel.getByRole("note").getByText("nothing was sent").waitFor();
      await panel
        .getByText(/#ffffff on #7ee2a8/)
        .first()
        .waitFor();
      assert.deepEqual(api.requests, []);
    });

    it("copies the nearest colour that passes, and shows any mark on the picture", async () => {
      const { panel } = code;
      await panel
        .getByRole("button", { name: /Copy #\w{6}, the nearest colour that passes/ })
        .first()
        .click();
      await code.page
        .locator(".statusbar")
        .getByText(/#\w{6} copied\./)
        .waitFor();
      assert.match(await code.clipboard(), /^#[0-9a-f]{6}$/);
      await panel.getByText(/^All measurements \(\d+\)$/).click();
      await panel.getByRole("button", { name: "Trail jacket, size M" }).click();
      await panel.locator(".box.mark").waitFor();
    });

    it("lists the failures in the Problems panel, with their criteria, until the panel is closed", async () => {
      await code.command("Problems: Focus on Problems View");
      const problems = code.page.locator(".markers-panel");
      await problems.getByText(/Text “Pay now” has a contrast of 1\.57:1/).waitFor();
      await problems.getByText("WCAG 1.4.3").first().waitFor();
      await closePanels();
      await problems.getByText("No problems have been detected").waitFor();
      await code.command("View: Hide Panel");
    });

    it("fills in what the words of a bug say", async () => {
      await run("crash.png", "Triage Bug");
      const issue = code.panel.getByRole("article");
      const body = issue.getByLabel("Description");
      await becomesLike(
        () => body.inputValue(),
        /The screen shows: Something went wrong\.[\s\S]*## Browser\s+Firefox 144/,
      );
      assert.deepEqual(api.requests, []);
      await closePanels();
    });

    it("says that a diagram needs a key, and offers to set one", async () => {
      await run("whiteboard.jpg", "Convert to Mermaid");
      await code.panel.getByRole("alert").getByText("needs Claude").waitFor();
      await code.panel.getByRole("button", { name: "Set API Key" }).click();
      await code.typeKey("sk-ant-wrong-key");
      await code.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
      await code.panel.getByRole("button", { name: "Set API Key" }).click();
      await code.typeKey(goodKey);
      await code.panel.locator(".drawing svg").waitFor();
      assert.equal(api.questions.length, 1);
      await closePanels();
    });

    it("asks Claude about what was measured alone, once there is a key", async () => {
      await run("checkout.png", "Audit Accessibility Offline");
      await code.panel.getByRole("button", { name: "Ask Claude" }).click();
      await code.untilAudited();
      await closePanels();
    });

    it("does not ask again", async () => {
      await run("checkout.png", "Audit Accessibility");
      await code.untilAudited();
      assert.equal(api.questions[0]?.headers.authorization, `Bearer ${goodKey}`);
      await closePanels();
    });
  });

  describe("an audit", () => {
    before(async () => {
      api.reset();
      await code.forgetAnswers();
      await code.open("notes.md");
      await code.page.keyboard.press("Control+End");
      await run("checkout.png", "Audit Accessibility");
      await code.untilAudited();
    });
    after(closePanels);

    it("shows each finding's box on the picture, chosen from either side", async () => {
      const { panel } = code;
      await becomes(() => panel.locator(".box").count(), 6);
      await panel.locator(".head").filter({ hasText: "Introduction too pale" }).click();
      await becomesLike(
        () => panel.locator(".pin.chosen").getAttribute("aria-label"),
        /Introduction too pale/,
      );
      await panel.getByText("Use #57606a or darker.").waitFor();
      assert.equal(
        await panel.getByRole("link", { name: "WCAG 1.4.3 Contrast (Minimum)" }).getAttribute("href"),
        "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html",
      );
      await panel.getByRole("button", { name: /^Finding \d+: Tool buttons/ }).click();
      await becomes(
        () => panel.locator(".finding.chosen .title").innerText(),
        "Tool buttons smaller than 24 px",
      );
    });

    it("is used by keyboard alone", async () => {
      const { panel, page } = code;
      await panel.locator(".head").first().focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await panel.locator(".finding.chosen").filter({ hasText: "Introduction too pale" }).waitFor();
    });

    it("filters by impact", async () => {
      const { panel } = code;
      await panel
        .getByRole("button", { name: /critical/ })
        .first()
        .click();
      await becomes(() => panel.locator(".finding").count(), 6);
      await becomes(() => panel.locator(".box").count(), 5);
      await panel
        .getByRole("button", { name: /critical/ })
        .first()
        .click();
      await becomes(() => panel.locator(".finding").count(), 7);
    });

    it("says what it did not judge, and what it cost", async () => {
      const { panel } = code;
      await panel.getByText(/^Not judged \(\d+\)$/).click();
      await panel.getByText(/^Measured without a verdict \(\d+\)$/).click();
      await panel.getByText(/perhaps an icon \(1\.4\.3, \d+\)$/).waitFor();
      await panel.getByText("Keyboard operation, focus order and keyboard traps").waitFor();
      assert.match(
        await panel.locator(".facts").innerText(),
        /claude-sonnet-5-5 · [\d,]+ tokens in.*prompt cache.*US\$ 0\.\d+ · [\d.]+ s/,
      );
    });

    it("zooms the picture", async () => {
      const { panel } = code;
      await panel.getByRole("button", { name: "100%" }).click();
      assert.equal(Math.round((await panel.locator(".canvas").boundingBox())?.width ?? 0), 1280);
      await panel.getByRole("button", { name: "Fit Width" }).click();
    });

    it("is copied as Markdown", async () => {
      await code.panel.getByRole("button", { name: "Copy as Markdown" }).click();
      await code.page.locator(".statusbar").getByText("Report copied.").waitFor();
      assert.match(await code.clipboard(), /^# Accessibility audit of checkout\.png/);
    });

    it("is inserted at the cursor of the document beside it", async () => {
      await code.panel.getByRole("button", { name: "Insert" }).click();
      await workspace.untilHolds(
        "notes.md",
        /^# Notes\n\n# Accessibility audit of checkout\.png\n[\s\S]*1\.4\.3 Contrast/,
      );
    });

    it("is saved beside the picture", async () => {
      await code.panel.getByRole("button", { name: "Save…" }).click();
      await code.page.locator(".quick-input-widget input").first().waitFor();
      await code.page.keyboard.press("Enter");
      await workspace.untilHolds("checkout.md", /^# Accessibility audit of checkout\.png/);
    });

    it("is said to be stale when the picture changes", async () => {
      await workspace.write(
        "checkout.png",
        Buffer.from(await (await import("node:fs/promises")).readFile("media/samples/crash.png")),
      );
      await code.panel.getByText("The picture has changed since this run.").waitFor();
      await workspace.write(
        "checkout.png",
        Buffer.from(await (await import("node:fs/promises")).readFile("media/samples/checkout.png")),
      );
    });
  });

  describe("a diagram", () => {
    after(closePanels);

    it("is drawn beside the photo without a violation or a request", async () => {
      const outside: string[] = [];
      code.page.on("request", (request) => {
        if (!/^(http:\/\/127\.0\.0\.1|data:|blob:|https:\/\/[^/]*vscode-(cdn|resource))/.test(request.url()))
          outside.push(request.url());
      });
      api.answer = () => ({
        ...diagramAnswer,
        nodes: diagramAnswer.nodes.map((node, index) =>
          index === 0
            ? { ...node, label: "<img src=https://evil.example/x.png> [a](https://evil.example)" }
            : node,
        ),
      });
      await run("whiteboard.jpg", "Convert to Mermaid");
      await code.panel.locator(".drawing svg").waitFor();
      const words = await code.panel
        .locator(".drawing svg")
        .innerText()
        .catch(() => code.panel.locator(".drawing svg").textContent());
      assert.match((words ?? "").replace(/\s/g, ""), /<imgsrc=https:\/\/evil\.example\/x\.png>/);
      assert.equal(
        await code.panel.locator(".drawing svg a, .drawing svg image, .drawing svg foreignObject").count(),
        0,
      );
      assert.deepEqual(outside, []);
      assert.deepEqual(code.violations, []);
    });

    const places: Array<[string, RegExp]> = [
      [
        "notes.md",
        /```mermaid\n---\ntitle: .*\n---\n%% screenshot-workbench: .*\nflowchart LR\n {2}webShop\["/,
      ],
      ["flow.mmd", /^---\ntitle: .*\n---\n%% screenshot-workbench: .*\nflowchart LR\n {2}webShop\["/],
      [
        "main.ts",
        /\/\/ ---\n\/\/ title: .*\n\/\/ ---\n\/\/ %% screenshot-workbench: .*\n\/\/ flowchart LR\n\/\/ {3}webShop\["/,
      ],
    ];
    for (const [file, pattern] of places) {
      it(`is inserted into ${file} as its language asks for`, async () => {
        await closePanels();
        await code.open(file);
        await code.page.keyboard.press("Control+End");
        await run("whiteboard.jpg", "Convert to Mermaid");
        await code.panel.locator(".drawing svg").waitFor();
        await code.panel.getByRole("button", { name: "Insert" }).click();
        await workspace.untilHolds(file, pattern);
      });
    }
  });

  describe("a bug", () => {
    it("fills the workspace's template and links the picture", async () => {
      await closePanels();
      await code.open("notes.md");
      await code.page.keyboard.press("Control+End");
      await run("crash.png", "Triage Bug");
      const issue = code.panel.getByRole("article");
      const body = issue.getByLabel("Description");
      await becomesLike(() => issue.getByLabel("Title").inputValue(), /^Recording a payment fails/);
      await becomesLike(
        () => body.inputValue(),
        /## Browser\s+Firefox 144\s+## Screenshot\s+!\[Screenshot\]\(crash\.png\)\s+## Mood\s+how you feel/,
      );
      const template = code.panel.locator('vscode-single-select[label="Template"]');
      await template.click();
      await template.getByRole("option", { name: "Bug report" }).click();
      await becomesLike(() => body.inputValue(), /## Severity/);
      await template.click();
      await template.getByRole("option", { name: "Our bug" }).click();
      await becomesLike(() => body.inputValue(), /## Mood/);
      await issue.getByLabel("Title").fill("Recording a payment fails, every time");
      await code.panel.getByRole("button", { name: "Copy Picture" }).click();
      await code.page.locator(".statusbar").getByText("Picture copied.").waitFor();
      assert.deepEqual(await code.clipboardTypes(), ["image/png"]);
      await code.panel.getByRole("button", { name: "Insert" }).click();
      await workspace.untilHolds(
        "notes.md",
        /# Recording a payment fails, every time[\s\S]*!\[Screenshot\]\(crash\.png\)/,
      );
      await closePanels();
    });
  });

  describe("while it runs", () => {
    after(closePanels);

    it("shows findings as they arrive, and keeps nothing when it is cancelled", async () => {
      let release = () => {};
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      api.beforePiece = async (piece) => {
        if (piece === 25) await gate;
      };
      await run("checkout.png", "Audit Accessibility");
      await code.panel.locator(".finding.arriving").first().waitFor();
      await code.panel.getByRole("button", { name: "Cancel" }).click();
      await code.panel.getByText("Cancelled. Nothing was saved.").waitFor();
      await code.panel.getByText("Partial results (not saved).").waitFor();
      release();
      await closePanels();
    });

    it("runs two pictures at once, in one table", async () => {
      await code.selectFiles("checkout.png", "crash.png");
      await code.contextMenu(code.file("crash.png"), "Screenshot", "Audit Accessibility");
      await code.dialogButton(/^Run Now/).click();
      await code.panel.getByText("2 of 2 finished").waitFor();
      assert.equal(api.questions.length, 2);
      await code.file("notes.md").click(); // select that one alone again
    });
  });

  describe("an error is said in words, with the button that helps", () => {
    const cases: Array<[string, Fault | Fault[], RegExp, string]> = [
      [
        "402",
        { status: 402, type: "billing_error" },
        /checkout\.png: The API account cannot be billed/,
        "Set API Key",
      ],
      ["403", { status: 403, type: "permission_error" }, /The API key may not do this/, "Choose Model"],
      ["404", { status: 404, type: "not_found_error" }, /does not know this model/, "Choose Model"],
      ["400", { status: 400, type: "invalid_request_error" }, /did not accept the request/, "Show Log"],
      ["a refusal", "refusal", /refused to answer about this picture/, "Choose Model"],
      ["invalid JSON", "invalidJson", /does not have the form that was asked for/, "Run Again"],
      [
        "413 twice",
        Array<Fault>(2).fill({ status: 413, type: "request_too_large" }),
        /too large, even after shrinking/,
        "Choose Picture",
      ],
      [
        "429",
        Array<Fault>(4).fill({ status: 429, type: "rate_limit_error", headers: { "retry-after": "0" } }),
        /rate limit is reached/,
        "Run Again",
      ],
      [
        "500",
        Array<Fault>(4).fill({ status: 500, type: "api_error", headers: { "retry-after": "0" } }),
        /internal error/,
        "Run Again",
      ],
      ["an answer cut short twice", ["maxTokens", "maxTokens"], /too long twice/, "Choose Picture"],
      [
        "a stream that breaks off",
        Array<Fault>(4).fill("cut"),
        /broke off|could not be reached/,
        "Run Again",
      ],
      [
        "a long wait",
        { status: 529, type: "overloaded_error", headers: { "retry-after": "3600" } },
        /The API is overloaded/,
        "Run Again",
      ],
    ];
    for (const [name, fault, text, button] of cases) {
      it(name, async () => {
        await closePanels();
        api.faults.push(...[fault].flat());
        await run("checkout.png", "Audit Accessibility");
        const alert = code.panel.getByRole("alert");
        await alert.waitFor();
        assert.match(await alert.innerText(), text);
        assert.doesNotMatch(await alert.innerText(), /sk-ant|\n\s+at /);
        await code.panel.locator(".footer").getByRole("button", { name: button }).waitFor();
      });
    }

    it("a file that is no picture", async () => {
      await closePanels();
      await workspace.write("fake.png", "%PDF-1.7 not a picture");
      await code.file("fake.png").waitFor();
      await run("fake.png", "Audit Accessibility");
      await code.panel.getByRole("alert").getByText("fake.png: The PDF is damaged or cut short.").waitFor();
      assert.equal(api.questions.length, 0);
      await closePanels();
    });
  });

  describe("after a reload", () => {
    it("restores the panel after a reload, without a request", async () => {
      await closePanels();
      await run("checkout.png", "Audit Accessibility");
      await code.untilAudited();
      api.reset();
      await code.reload();
      await code.untilAudited();
      await code.panel.locator(".canvas img").waitFor();
      assert.deepEqual(api.requests, []);
      assert.deepEqual(code.violations, []);
    });
  });
});
