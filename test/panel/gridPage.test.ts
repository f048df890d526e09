import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import type { ToPanel } from "../../src/protocol/panel.js";
import { extract } from "../../src/workflows/extract/extract.js";
import { extractAnswer } from "../support/cannedAnswers.js";
import { launchChromium } from "../support/chromium.js";
import { seenPicture } from "../support/geometry.js";
import { PanelPage } from "../support/panelPage.js";
import { themes } from "../support/panelThemes.js";
import { sample } from "../support/pictures.js";

const words = { copy: "Copy Data", leftOpen: "Not read" };
const start: ToPanel = {
  type: "start",
  workflows: [{ id: "extract", title: "Extract Data", result: "grid", words }],
};
const mark = (text: string, x: number, y: number, width: number) => ({
  id: `T${x}-${y}`,
  box: { x, y, width, height: 12 },
  text,
  confidence: 95,
  letterHeight: 11,
  fontSize: 15,
  bold: false,
  contrast: { status: "unmeasured" as const, reason: "Not looked at." },
});
const pictures = [
  seenPicture("checkout.png", 1280, 800, {
    texts: [
      mark("Trail jacket, size M", 885, 168, 131),
      mark("£129.00", 1157, 168, 57),
      mark("Wool socks, 3 pairs", 885, 200, 138),
      mark("£24.00", 1166, 200, 48),
      mark("£4.50", 1175, 232, 39),
      mark("£157.50", 1157, 264, 57),
    ],
  }),
] as const;

describe("the panel's page with data", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  const open = async (theme: (typeof themes)[number], width = 1200) => {
    const panel = await PanelPage.open(browser, theme, { width, height: 800 });
    const src = `data:image/png;base64,${Buffer.from(sample("checkout.png")).toString("base64")}`;
    const evaluated = extract.evaluate(extractAnswer, pictures);
    const report = {
      ...extract.report(evaluated, pictures),
      texts: [],
      controls: [],
      undecided: [],
      unsure: 0,
    };
    const view = {
      formats: [
        { id: "json", title: "JSON" },
        { id: "markdown", title: "Markdown" },
        { id: "csv", title: "CSV" },
      ],
      chosen: "markdown",
      corrected: [],
      problems: ["/ must have required property 'date'"],
    };
    await panel.send(
      start,
      {
        type: "picture",
        picture: {
          name: "checkout.png",
          width: 1280,
          height: 800,
          parts: [{ src, left: 0, top: 0, width: 1280, height: 800 }],
        },
      },
      {
        type: "view",
        view: {
          state: "done",
          runKey: "0".repeat(64),
          report,
          facts: ["US$ 0.01"],
          feature: { kind: "grid", view },
          stale: false,
        },
      },
    );
    await panel.page.getByRole("textbox").first().waitFor();
    return panel;
  };

  for (const theme of themes)
    it(`has nothing to find for axe in ${theme}`, async () => {
      const { page, errors } = await open(theme);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        (window as unknown as { axe: Pick<typeof import("axe-core"), "run"> }).axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
        }),
      );
      await mkdir(".vscode-test/screenshots", { recursive: true });
      await page.screenshot({ path: `.vscode-test/screenshots/grid-${theme.replace(/\W+/g, "-")}.png` });
      assert.deepEqual(
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
        [],
      );
      assert.deepEqual(errors, []);
      await page.close();
    });

  it("goes to the value to look at by F8, up and down by arrows, and sends what is typed", async () => {
    const { page, sent } = await open(themes[0]);
    const first = page.getByRole("textbox", { name: "amount, row 1" });
    await first.focus();
    await page.keyboard.press("F8");
    const wrong = page.getByRole("textbox", { name: "amount, row 2: OCR reads “£24.00”" });
    assert.ok(await wrong.evaluate((element) => element === document.activeElement));
    await page.keyboard.press("ArrowUp");
    assert.ok(await first.evaluate((element) => element === document.activeElement));
    await page.keyboard.press("ArrowDown");
    await wrong.fill("£24.00");
    await wrong.press("Enter");
    assert.deepEqual(sent.at(-1), {
      type: "act",
      action: { action: "correct", path: "/items/1/amount", text: "£24.00" },
    });
    // Where it stands is outlined on the picture.
    assert.equal(await page.locator(".box.element.doubtful").count(), 1);
    await page.close();
  });

  it("fits into a narrow panel, its menu too", async () => {
    const { page } = await open(themes[1] ?? themes[0], 320);
    await page.getByRole("button", { name: "Tools…" }).click();
    const menu = await page.locator(".popup").boundingBox();
    assert.ok(menu && menu.x >= 0 && menu.x + menu.width <= 320, JSON.stringify(menu));
    await page.screenshot({ path: ".vscode-test/screenshots/grid-narrow.png" });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    await page.close();
  });
});
