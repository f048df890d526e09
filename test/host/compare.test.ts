import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { becomes } from "../support/becomes.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

/** A page without words: a square of a colour. */
const page = (fill: string) =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: "#ffffff" } })
    .composite([
      { input: { create: { width: 160, height: 120, channels: 3, background: fill } }, left: 200, top: 140 },
    ])
    .png()
    .toBuffer();

describe("comparing pictures in VS Code, without a key", () => {
  const session = useSession();
  const { closePanels } = session;
  let workspace: Workspace;
  let code: VsCode;
  before(async () => {
    ({ workspace, code } = session);
    const author = ["-c", "user.name=T", "-c", "user.email=t@t"];
    await workspace.write("home-old.png", await page("#1a56db"));
    await workspace.write("tracked.png", await page("#1a56db"));
    workspace.git("init", "--quiet");
    workspace.git("add", "tracked.png");
    workspace.git(...author, "commit", "--quiet", "--message", "A blue square");
    await workspace.write("home.png", await page("#c81e1e"));
    await workspace.write("tracked.png", await page("#c81e1e"));
    await code.file("home.png").waitFor();
  });
  afterEach(() => closePanels());

  const heading = (words: RegExp) => code.panel.getByRole("heading", { name: words }).waitFor();
  const bytesOf = (name: string) => readFile(join(workspace.folder, name));

  it("takes two that are selected, shows what changed by key, and accepts with a way back", async () => {
    await code.selectFiles("home.png", "home-old.png");
    await code.contextMenu(code.file("home-old.png"), "Compare Pictures");
    await heading(/^What changed from home-old\.png to home\.png$/);
    await code.panel.getByText("1 cosmetic change.").waitFor();
    await code.panel.getByRole("button", { name: "Next" }).click();
    await code.panel.getByText(/#1a56db → #c81e1e/).waitFor();
    await code.screenshot("comparison side by side");
    await code.page.keyboard.press("3");
    await code.panel.getByRole("slider").waitFor();
    await code.screenshot("comparison swipe");
    const [old, fresh] = [await bytesOf("home-old.png"), await bytesOf("home.png")];
    await code.panel.getByRole("button", { name: "Accept" }).click();
    await code.panel.getByText("Accepted: the new picture replaced the old one.").waitFor();
    assert.deepEqual(await bytesOf("home-old.png"), fresh);
    await code.panel.getByRole("button", { name: "Undo" }).click();
    await becomes(async () => (await bytesOf("home-old.png")).equals(old), true);
  });

  it("takes one with its version in git", async () => {
    await code.contextMenu(code.file("tracked.png"), "Compare Picture with…");
    const row = (words: string) =>
      code.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: words });
    await row("A blue square").waitFor();
    await row("the last commit").click();
    await heading(/^What changed in tracked\.png$/);
    await code.panel.getByText("1 cosmetic change.").waitFor();
  });

  it("leaves a zone out from now on, by a file that people can read", async () => {
    await code.selectFiles("home.png", "home-old.png");
    await code.contextMenu(code.file("home-old.png"), "Compare Pictures");
    await code.panel.getByRole("button", { name: "Next" }).click();
    await code.panel.getByRole("button", { name: "Ignore This Zone…" }).click();
    const input = code.page.locator(".quick-input-widget input").first();
    await input.fill("The square");
    await code.page.keyboard.press("Enter");
    await code.panel.getByText("No change.").waitFor();
    await code.panel.getByText("Ignored: The square.").waitFor();
    const { zones } = JSON.parse(await workspace.read(".github/screenshots/ignore.json")) as {
      zones: Array<{ name: string; pictures: string }>;
    };
    assert.deepEqual(
      zones.map(({ name, pictures }) => [name, pictures]),
      [["The square", "home.png"]],
    );
  });

  it("has a table of two folders, with what was added", async () => {
    await workspace.write("before/a.png", await page("#1a56db"));
    await workspace.write("after/a.png", await page("#c81e1e"));
    await workspace.write("after/b.png", await page("#c81e1e"));
    await code.file("after").waitFor();
    await code.selectFolders("before", "after");
    await code.contextMenu(code.file("after"), "Compare Pictures");
    await code.panel.getByText("2 of 2 finished").waitFor();
    await code.panel.getByText("The picture is new.").waitFor();
    await code.panel.getByText("1 cosmetic change.").waitFor();
    await code.screenshot("comparison table");
  });
});
