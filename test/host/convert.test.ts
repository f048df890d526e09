import assert from "node:assert/strict";
import { useSession } from "../support/session.js";

const flow = 'flowchart LR\n  order["Order received"] -->|paid| ship[("Stock")]\n';

describe("converting a diagram's text", () => {
  const session = useSession({
    files: { "flow.mmd": flow, "notes.md": `# Notes\n\n\`\`\`mermaid\n${flow}\`\`\`\n` },
  });

  /** Picks a language in the list, and waits for its text. */
  async function pick(language: string, name: string, row: string): Promise<void> {
    const { page } = session.code;
    await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: language }).first().click();
    await page.locator(".tab.active").filter({ hasText: name }).waitFor();
    await page
      .locator(".editor-group-container.active .view-line")
      .filter({ hasText: row })
      .first()
      .waitFor();
  }

  it("opens a file in another language beside it, from the explorer, and sends nothing", async () => {
    const { code, api } = session;
    await code.contextMenu(code.file("flow.mmd"), "Convert Diagram to…");
    await pick("Graphviz DOT", "flow.dot", "digraph {");
    await code.screenshot("converted file");
    assert.equal(await code.page.locator(".editor-group-container").count(), 1);
    assert.deepEqual(api.requests, []);
  });

  it("opens the fenced block at the cursor in another language", async () => {
    const { code, api } = session;
    await session.closePanels();
    await code.dialogButton("Don't Save").click();
    await code.open("notes.md");
    await code.page.keyboard.press("Control+Home");
    for (let line = 0; line < 3; line++) await code.page.keyboard.press("ArrowDown");
    await code.command("Screenshot: Convert Diagram to…");
    await pick("draw.io", "notes.drawio", "<mxfile");
    await code.screenshot("converted fence");
    assert.deepEqual(api.requests, []);
  });
});
