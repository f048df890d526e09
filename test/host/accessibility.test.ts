import assert from "node:assert/strict";
import axe from "axe-core";
import type { ApiDouble } from "../support/apiDouble.js";
import { cannedAnswer, doubtfulAnswer } from "../support/cannedAnswers.js";
import { numbered } from "../support/dependencies.js";
import { drawnTexts } from "../support/drawn.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

const themes = ["Light 2026", "Dark 2026", "Default High Contrast", "Default High Contrast Light"];

describe("the panel's own accessibility, by axe", () => {
  const session = useSession({
    withKey: true,
    files: { ".vscode/settings.json": JSON.stringify({ "workbench.colorTheme": themes[0] }) },
  });
  let api: ApiDouble;
  let workspace: Workspace;
  let code: VsCode;
  before(async () => {
    ({ api, workspace, code } = session);
    await workspace.write("card.png", await drawnTexts([{ text: "Card 4111 1111 1111 1111" }]));
    for (const number of [1, 2]) await workspace.write(`shots/${number}.png`, await numbered(number));
    await workspace.write("shots/torn.png", "no picture");
    await code.file("shots").waitFor();
    await code.file("card.png").waitFor();
  });

  async function problems(): Promise<string[]> {
    const frame = await code.innerFrame();
    await frame.evaluate(axe.source);
    const { violations, passes } = await frame.evaluate(() =>
      (window as unknown as { axe: Pick<typeof import("axe-core"), "run"> }).axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
      }),
    );
    assert.ok(passes.length > 10, "axe looked at the panel");
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  }

  const states: Array<[string, string, string, () => Promise<unknown>]> = [
    [
      "an audit",
      "checkout.png",
      "Audit Accessibility",
      async () => code.panel.locator(".head").nth(1).click(),
    ],
    ["a bug", "crash.png", "Triage Bug", async () => code.panel.getByRole("article").waitFor()],
    [
      "a diagram",
      "whiteboard.jpg",
      "Convert to Mermaid",
      async () => code.panel.locator(".drawing svg").waitFor(),
    ],
    [
      "a diagram being worked on",
      "whiteboard.jpg",
      "Convert to Mermaid",
      async () => {
        const { panel } = code;
        await panel.getByRole("heading", { name: "To check (2)" }).waitFor();
        api.answer = () => ({ ...doubtfulAnswer, edges: doubtfulAnswer.edges.slice(1) });
        await panel.getByLabel("Refine", { exact: true }).fill("The shop orders nothing.");
        await panel.getByRole("button", { name: "Refine" }).click();
        await panel.getByRole("button", { name: "Undo" }).waitFor();
        await panel.getByText(/^Nodes and lines/).click();
        await panel
          .getByRole("textbox", { name: "The diagram as text" })
          .fill("flowchart LR\n  a --> --> b\n");
        await panel.getByRole("alert").waitFor();
      },
    ],
    [
      "an audit without asking",
      "checkout.png",
      "Audit Accessibility Offline",
      async () => {
        await code.panel.locator(".head").first().click();
        await code.panel.getByText(/^All measurements \(\d+\)$/).click();
      },
    ],
    [
      "a question before sending",
      "card.png",
      "Audit Accessibility",
      async () => code.panel.getByRole("button", { name: "Send Uncovered" }).waitFor(),
    ],
    ["an error", "checkout.png", "Audit Accessibility", async () => code.panel.getByRole("alert").waitFor()],
  ];
  for (const [state, file, workflow, ready] of states) {
    describe(state, () => {
      before(async () => {
        await session.closePanels();
        await code.forgetAnswers();
        api.answer = state === "a diagram being worked on" ? () => doubtfulAnswer : cannedAnswer;
        if (state === "an error") api.faults.push({ status: 402, type: "billing_error" });
        await session.run(file, workflow);
        await ready();
      });
      for (const theme of themes) {
        it(`has nothing to find in ${theme}`, async () => {
          await workspace.setTheme(theme);
          await code.untilTheme(theme);
          await code.screenshot(`${state} ${theme}`);
          assert.deepEqual(await problems(), []);
        });
      }
    });
  }

  const pages: Array<[string, () => Promise<unknown>]> = [
    [
      "a table of pictures",
      async () => {
        await session.code.contextMenu(code.file("shots"), "Screenshot", "Audit Accessibility");
        await code.dialogButton(/^Run Now/).click();
        await code.panel.getByText("3 of 3 finished").waitFor();
      },
    ],
    [
      "the spend",
      async () => {
        await code.command("Screenshot: Show Spend");
        await code.panel.getByRole("img", { name: /US\$ spent a day/ }).waitFor();
      },
    ],
  ];
  for (const [page, show] of pages) {
    describe(page, () => {
      before(async () => {
        await session.closePanels();
        api.reset();
        await code.forgetAnswers();
        await show();
      });
      for (const theme of themes) {
        it(`has nothing to find in ${theme}`, async () => {
          await workspace.setTheme(theme);
          await code.untilTheme(theme);
          await code.screenshot(`${page} ${theme}`);
          assert.deepEqual(await problems(), []);
        });
      }
    });
  }

  describe("in all of this", () => {
    it("violates no content security policy", () => assert.deepEqual(code.violations, []));
  });
});
