import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import type { ApiDouble } from "../support/apiDouble.js";
import { becomes, becomesLike } from "../support/becomes.js";
import { diagramAnswer, doubtfulAnswer as doubtful } from "../support/cannedAnswers.js";
import { edge, node } from "../support/diagrams.js";
import { sample } from "../support/pictures.js";
import { useSession } from "../support/session.js";
import type { VsCode } from "../support/vscode.js";
import type { Workspace } from "../support/workspace.js";

describe("a diagram in VS Code, worked on as a person would", () => {
  const session = useSession({ withKey: true, files: { "notes.md": "# Notes\n\n" } });
  const { run, closePanels } = session;
  let api: ApiDouble;
  let code: VsCode;
  let workspace: Workspace;
  before(async () => {
    ({ api, code, workspace } = session);
    await code.page.setViewportSize({ width: 1800, height: 1000 });
    api.answer = () => doubtful;
    await code.open("notes.md");
    await code.page.keyboard.press("Control+End");
    await run("whiteboard.jpg", "Convert to Mermaid");
    await code.panel.locator(".drawing [data-element=n1]").first().waitFor();
  });

  const text = () => code.panel.getByRole("textbox", { name: "The diagram as text" });
  const type = async (from: string, to: string) => text().fill((await text().inputValue()).replace(from, to));
  const language = async (title: string) => {
    await code.panel.locator("vscode-single-select#target").click();
    await code.panel.getByRole("option", { name: title, exact: true }).click();
  };

  it("shows a node's place on the photo, and the node of a place", async () => {
    const { panel } = code;
    await panel.locator(".drawing [data-element=n2]").first().hover();
    await becomes(() => panel.locator(".box.element.hovered").count(), 1);
    await panel.locator(".box.element").nth(2).hover();
    await panel.locator(".drawing [data-element=n3].hovered").waitFor();
    await becomes(() => panel.locator(".drawing [data-element=n2].hovered").count(), 0);
  });

  it("shows the photo as it was taken, to be compared", async () => {
    const { panel } = code;
    const tools = panel.getByRole("button", { name: "Tools…" });
    await tools.click();
    const taken = panel.getByRole("checkbox", { name: "As photographed" });
    await taken.check();
    const photo = panel.getByRole("img", { name: "The photo whiteboard.jpg as it was taken" });
    assert.deepEqual(
      await photo.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]),
      [1568, 1176],
    );
    await taken.uncheck();
    await photo.waitFor({ state: "detached" });
    await tools.click();
  });

  it("zooms the photo and the drawing alike", async () => {
    const { panel } = code;
    await panel.getByRole("button", { name: "100%" }).click();
    const drawn = await panel.locator(".drawing > svg").evaluate((svg: SVGSVGElement) => ({
      width: svg.clientWidth,
      natural: svg.viewBox.baseVal.width,
    }));
    assert.ok(Math.abs(drawn.width - drawn.natural) <= 1, JSON.stringify(drawn));
    await panel.getByRole("button", { name: "Fit Width" }).click();
  });

  it("outlines what is unsure; another reading is chosen, and what could not be read is typed in", async () => {
    const { panel } = code;
    await becomes(
      () =>
        panel
          .locator(".drawing .doubtful")
          .evaluateAll((all) => all.map((one) => one.getAttribute("data-element")).sort()),
      ["n4", "n6"],
    );
    await panel.getByRole("button", { name: "“Stack DB”", exact: true }).click();
    await panel.getByRole("heading", { name: "To check (1)" }).waitFor();
    const field = panel.getByRole("textbox", { name: "What it says" });
    await field.fill("Shipping");
    await field.press("Enter");
    await panel.getByRole("heading", { name: /To check/ }).waitFor({ state: "detached" });
    await becomesLike(() => text().inputValue(), /shipping\["Shipping"\][\s\S]*stockDB\[\("Stack DB"\)\]/);
    assert.equal(api.questions.length, 1);
  });

  it("offers the languages that can express it, and switches at once", async () => {
    const { panel } = code;
    await panel.locator("vscode-single-select#target").click();
    const offered = await panel.getByRole("option").allInnerTexts();
    await code.page.keyboard.press("Escape");
    assert.deepEqual(
      offered.map((one) => one.trim()),
      [
        "Mermaid",
        "PlantUML",
        "Graphviz DOT",
        "D2",
        "draw.io",
        "Excalidraw",
        "BPMN 2.0",
        "TypeScript",
        "Python",
      ],
    );
    await language("Graphviz DOT");
    await panel.getByRole("button", { name: "Insert" }).click();
    await workspace.untilHolds(
      "notes.md",
      /```dot\n\/\/ screenshot-workbench: dot from whiteboard\.jpg [0-9a-f]{64}\ndigraph \{/,
    );
    await language("Mermaid");
    await panel.locator(".gutter span").nth(13).waitFor();
    await becomesLike(() => text().inputValue(), /^---\ntitle: .*\n---\nflowchart LR/);
  });

  it("draws what is typed, and says at which line it is wrong", async () => {
    const { panel } = code;
    await type('webShop["Web shop"]', 'webShop["Online shop"]');
    await panel.locator(".drawing").getByText("Online shop").waitFor();
    await type('webShop -->|"order"| orders', "webShop --> --> orders");
    await panel.getByRole("alert").getByText("Line 8:").waitFor();
    await panel.getByRole("button", { name: "Insert" }).click();
    assert.doesNotMatch(await workspace.read("notes.md"), /Online shop/);
    await type("webShop --> --> orders", 'webShop -->|"order"| orders');
    await panel.getByRole("alert").waitFor({ state: "detached" });
  });

  it("draws nothing that links or loads", async () => {
    const { panel } = code;
    const good = await text().inputValue();
    await text().fill(`${good}  click webShop href "https://evil.example"\n`);
    await panel.getByRole("alert").getByText("Links and calls are not allowed here.").waitFor();
    assert.equal(await panel.locator(".drawing svg a").count(), 0);
    await text().fill(good);
    await panel.getByRole("alert").waitFor({ state: "detached" });
  });

  it("is refined by a sentence, with the edits made by hand; the changes are listed and undone", async () => {
    const { panel } = code;
    api.answer = () => ({
      ...doubtful,
      nodes: [...doubtful.nodes.filter(({ id }) => id !== "stock"), node("cache", "Cache")],
      edges: [...doubtful.edges.filter(({ to }) => to !== "stock"), edge("orders", "cache")],
    });
    await panel.getByLabel("Refine", { exact: true }).fill("Replace the stock by a cache.");
    await panel.getByRole("button", { name: "Refine" }).click();
    const changes = panel.getByRole("status", { name: "Changes" });
    await changes.getByText("node “Cache”", { exact: true }).waitFor();
    await changes.getByText("line “Orders” → “Stack DB” “reserve”").waitFor();
    const { body } = api.questions.at(-1) ?? {};
    assert.match(body?.turns.at(-1)?.text ?? "", /Replace the stock by a cache\.$/);
    assert.match(body?.turns[1]?.text ?? "", /Online shop[\s\S]*Stack DB/);
    await panel.getByRole("button", { name: "Undo" }).click();
    await panel.locator(".drawing").getByText("Online shop").waitFor();
    await becomesLike(() => text().inputValue(), /Online shop[\s\S]*Stack DB/);
  });

  it("is refined and accepted", async () => {
    const { panel } = code;
    await panel.getByLabel("Refine", { exact: true }).fill("Replace the stock by a cache.");
    await panel.getByRole("button", { name: "Refine" }).click();
    await panel.getByRole("button", { name: "Accept" }).click();
    await panel.locator(".drawing").getByText("Cache").waitFor();
    await panel.getByRole("status", { name: "Changes" }).waitFor({ state: "detached" });
  });

  it("is saved as a drawing", async () => {
    for (const format of ["svg", "png"] as const) {
      await code.panel.getByRole("button", { name: `Save ${format.toUpperCase()}` }).click();
      await code.page.locator(".quick-input-widget input").waitFor();
      await code.page.keyboard.press("Enter");
      await workspace.untilHolds(`whiteboard.diagram.${format}`, /<\/svg>$|IEND/);
    }
    const svg = await workspace.read("whiteboard.diagram.svg");
    assert.match(svg, /^<svg[\s\S]*Cache/);
    assert.doesNotMatch(svg, /<(script|image|a|foreignObject)\b/);
    const png = sharp(await readFile(join(workspace.folder, "whiteboard.diagram.png")));
    const { width } = await png.metadata();
    assert.ok((width ?? 0) > 400);
    const { dominant } = await png.stats();
    assert.ok(dominant.r > 230 && dominant.g > 230 && dominant.b > 230);
  });

  it("is updated from the newer picture, after its changes were shown", async () => {
    await closePanels();
    await workspace.write("flow.md", "# Flow\n\n");
    await code.open("flow.md");
    await code.page.keyboard.press("Control+End");
    api.answer = () => diagramAnswer;
    await run("whiteboard.jpg", "Convert to Mermaid");
    await code.panel.locator(".drawing svg").waitFor();
    await code.panel.getByRole("button", { name: "Run Again" }).click();
    await code.panel.locator(".drawing").getByText("Stock DB").waitFor();
    await code.panel.getByRole("button", { name: "Insert" }).click();
    const inserted = await workspace.untilHolds(
      "flow.md",
      /%% screenshot-workbench: mermaid from whiteboard\.jpg/,
    );
    await closePanels();
    await code.open("flow.md");
    await code.page.keyboard.press("Control+End");
    await code.page.keyboard.press("ArrowUp");
    await code.page.keyboard.press("ArrowUp");
    const photo = await sharp(sample("whiteboard.jpg")).modulate({ brightness: 1.1 }).jpeg().toBuffer();
    await workspace.write("whiteboard.jpg", photo);
    api.answer = () => ({ ...diagramAnswer, nodes: [...diagramAnswer.nodes, node("mail", "Mail")] });
    await code.command("Screenshot: Update Diagram from Picture");
    const choices = code.page.locator(".quick-input-widget");
    await choices.getByText("node “Mail”").waitFor();
    await choices.getByText("Replace the diagram").click();
    const updated = await workspace.untilHolds("flow.md", /mail\["Mail"\]/);
    assert.match(
      updated,
      /^# Flow\n\n```mermaid\n---\ntitle: .*\n---\n%% screenshot-workbench: mermaid from whiteboard\.jpg [0-9a-f]{64}\nflowchart LR\n[\s\S]*\n%% screenshot-workbench: end\n```\n$/,
    );
    assert.notEqual(/[0-9a-f]{64}/.exec(updated)?.[0], /[0-9a-f]{64}/.exec(inserted)?.[0]);
  });

  it("keeps what was corrected and typed over a reload", async () => {
    await closePanels();
    await code.forgetAnswers();
    api.answer = () => doubtful;
    await run("whiteboard.jpg", "Convert to Mermaid");
    await code.panel.getByRole("button", { name: "“Stack DB”", exact: true }).click();
    await code.panel.locator(".drawing").getByText("Stack DB").waitFor();
    const before = api.questions.length;
    // Neither does an answer from the cache undo it.
    await closePanels();
    await run("whiteboard.jpg", "Convert to Mermaid");
    await code.panel.locator(".drawing").getByText("Stack DB").waitFor();
    assert.equal(api.questions.length, before);
    await type('webShop["Web shop"]', 'webShop["Online shop"]');
    await code.panel.locator(".drawing").getByText("Online shop").waitFor();
    const asked = api.questions.length;
    await code.reload();
    await code.panel.locator(".drawing").getByText("Online shop").waitFor();
    await code.panel.locator(".drawing").getByText("Stack DB").waitFor();
    assert.equal(api.questions.length, asked);
  });
});
