import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import type { ComparisonView } from "../../src/protocol/comparison.js";
import type { PanelPicture, View } from "../../src/protocol/panel.js";
import { launchChromium } from "../support/chromium.js";
import { panelStyles } from "../support/panelThemes.js";

declare global {
  interface Window {
    /** What the page sent to its host. */
    sent: Array<{ type: string; action?: object }>;
    /** What the page broke of its security policy. */
    violations: string[];
  }
}

const origin = "http://panel.test";

/** Colours as VS Code's own themes set them. */
const themes = {
  light: { background: "#ffffff", foreground: "#3b3b3b", focus: "#005fb8", hover: "#f2f2f2", dim: "#5c5c5c" },
  dark: { background: "#1f1f1f", foreground: "#cccccc", focus: "#0078d4", hover: "#2a2d2e", dim: "#9d9d9d" },
};
type Theme = keyof typeof themes;

const themeCss = (theme: Theme): string => {
  const { background, foreground, focus, hover, dim } = themes[theme];
  return `:root{--vscode-editor-background:${background};--vscode-foreground:${foreground};--vscode-focusBorder:${focus};
  --vscode-list-hoverBackground:${hover};--vscode-descriptionForeground:${dim};--vscode-font-family:sans-serif;
  --vscode-font-size:13px;--vscode-button-background:#005fb8;--vscode-button-foreground:#fff;
  --vscode-button-secondaryBackground:${theme === "dark" ? "#313131" : "#e5e5e5"};
  --vscode-button-secondaryForeground:${foreground};color-scheme:${theme}}`;
};

/** A page of a shop; the banner and the button are what changes. */
async function drawn(name: string, banner: number, label: string, fill: string): Promise<PanelPicture> {
  const [width, height] = [640, 480 + banner];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#fff"/><rect width="${width}" height="${banner}" fill="#ffe08a"/>
    <g transform="translate(0 ${banner})" font-family="sans-serif"><text x="40" y="60" font-size="28">Your basket</text>
    <text x="40" y="110" font-size="16">2 apples, 3 pears</text><rect x="40" y="300" width="180" height="48" rx="6" fill="${fill}"/>
    <text x="80" y="331" font-size="18" fill="#fff">${label}</text></g></svg>`;
  const bytes = await sharp(Buffer.from(svg)).png().toBuffer();
  const src = `data:image/png;base64,${bytes.toString("base64")}`;
  return { name, width, height, parts: [{ src, left: 0, top: 0, width, height }] };
}

const change = (over: Partial<ComparisonView["changes"][number]>): ComparisonView["changes"][number] => ({
  title: "The Pay button",
  words: "It is pale blue instead of blue.",
  consequences: [],
  intent: "",
  facts: ["ground #1a56db → #93b4f5 (ΔE 31)"],
  substance: "substantive",
  evidence: "confirmed",
  standing: "stands",
  before: [{ x: 40, y: 300, width: 180, height: 48 }],
  after: [{ x: 40, y: 340, width: 180, height: 48 }],
  ...over,
});

async function comparison(over: Partial<ComparisonView> = {}): Promise<ComparisonView> {
  return {
    before: await drawn("basket.png", 0, "Pay now", "#1a56db"),
    after: await drawn("basket.png", 40, "Buy now", "#93b4f5"),
    scale: 1,
    rows: [{ before: 0, after: 40, length: 480 }],
    changes: [
      change({ consequences: ["1.4.3 Contrast (Minimum) fails now: 2.1:1."] }),
      change({
        title: "Added: a banner",
        words: "640 × 40 px.",
        substance: "cosmetic",
        evidence: "measured",
        facts: [],
        before: [],
        after: [{ x: 0, y: 0, width: 640, height: 40 }],
      }),
      change({
        title: "The heading",
        words: "It is bold.",
        substance: "cosmetic",
        evidence: "contradicted",
        standing: "contradicted",
        facts: ["The pixels of both pictures are equal there."],
        before: [],
        after: [{ x: 40, y: 70, width: 200, height: 40 }],
      }),
    ],
    canAccept: true,
    canReject: false,
    ...over,
  };
}

const viewOf = (feature: ComparisonView): View => ({
  state: "done",
  runKey: "0".repeat(64),
  report: {
    workflow: "compare",
    title: "What changed in basket.png",
    summary: "The Pay button became pale, so that its label can hardly be read. A banner was added.",
    findings: [],
    fields: [],
    documents: [],
    texts: [],
    controls: [],
    undecided: [],
    notJudged: [],
    unsure: 0,
    notes: [],
  },
  facts: ["Measured on this machine; nothing was sent"],
  stale: false,
  feature: { kind: "comparison", view: feature },
});

describe("the panel of a comparison", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  /** A page under the panel's own security policy, with a comparison in it. */
  async function opened(feature: ComparisonView, theme: Theme = "light"): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 800 } });
    const policy = `default-src 'none'; script-src 'nonce-test'; style-src ${origin}; img-src ${origin} data:; font-src ${origin}; form-action 'none'; base-uri 'none'`;
    const body = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
      <meta http-equiv="Content-Security-Policy" content="${policy}">
      ${["theme.css", ...panelStyles].map((name) => `<link rel="stylesheet" href="/${name}">`).join("")}</head>
      <body class="vscode-${theme}"><main id="app"></main><script nonce="test" src="/panel.js"></script></body></html>`;
    await page.route(`${origin}/**`, async (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === "/") return route.fulfill({ contentType: "text/html", body });
      if (path === "/theme.css") return route.fulfill({ contentType: "text/css", body: themeCss(theme) });
      const contentType = path.endsWith(".css") ? "text/css" : "text/javascript";
      return route.fulfill({ contentType, body: readFileSync(`dist/panel${path}`) });
    });
    await page.addInitScript(() => {
      window.sent = [];
      window.violations = [];
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        window.violations.push(`${violatedDirective} ${blockedURI}`),
      );
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: Window["sent"][number]) => window.sent.push(message),
          setState: () => undefined,
        }),
      });
    });
    await page.goto(`${origin}/`);
    const messages: unknown[] = [
      { type: "start", workflows: [] },
      { type: "picture", picture: feature.after },
      { type: "view", view: viewOf(feature) },
    ];
    await page.evaluate((all) => {
      for (const message of all) window.postMessage(message, "*");
    }, messages);
    await page.getByRole("heading", { name: "What changed in basket.png" }).waitFor();
    return page;
  }

  const pressed = (page: Page) => page.locator(".finding.chosen .title").allTextContents();

  it("has no problem that axe finds, in every way of looking, and keeps to its security policy", async () => {
    for (const theme of ["light", "dark"] as const) {
      const page = await opened(await comparison(), theme);
      await page.keyboard.press("n");
      // The ways differ in their elements, the themes in their colours.
      for (const mode of theme === "light" ? ["1", "2", "3", "4", "5", "6"] : ["1", "3"]) {
        await page.keyboard.press(mode);
        if (process.env.PICTURES_TO)
          await page.screenshot({ path: `${process.env.PICTURES_TO}/${theme}-${mode}.png` });
        // What axe itself tries is not the page's.
        assert.deepEqual(await page.evaluate(() => window.violations.splice(0)), []);
        await page.evaluate(axe.source);
        const { violations, passes } = await page.evaluate(() =>
          (window as unknown as { axe: Pick<typeof import("axe-core"), "run"> }).axe.run(document, {
            rules: { region: { enabled: false } },
          }),
        );
        assert.deepEqual(
          violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
          [],
          `${theme} ${mode}`,
        );
        assert.ok(passes.length > 10);
        await page.evaluate(() => window.violations.splice(0));
      }
      await page.close();
    }
  });

  it("goes from change to change by key, and around", async () => {
    const page = await opened(await comparison());
    const seen: string[] = [];
    for (const key of ["n", "n", "n", "n", "p"]) {
      await page.keyboard.press(key);
      seen.push(...(await pressed(page)));
    }
    assert.deepEqual(seen, [
      "The Pay button",
      "Added: a banner",
      "The heading",
      "The Pay button",
      "The heading",
    ]);
    await page.close();
  });

  it("lists only what is wanted, and marks only that", async () => {
    const page = await opened(await comparison());
    await page.getByRole("button", { name: "cosmetic" }).first().click();
    assert.deepEqual(await page.locator(".findings .title").allTextContents(), ["The Pay button"]);
    assert.equal(await page.locator(".compared .box.cosmetic").count(), 0);
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    assert.deepEqual(await pressed(page), ["The Pay button"]);
    await page.close();
  });

  it("blinks between the two by key, swipes and blends by a slider", async () => {
    const page = await opened(await comparison());
    await page.keyboard.press("b");
    const shown = () => page.locator(".compared img").first().getAttribute("alt");
    assert.equal(await shown(), "The picture after: basket.png");
    await page.keyboard.press("b");
    assert.equal(await shown(), "The picture before: basket.png");
    await page.keyboard.press("3");
    await page.getByRole("slider").fill("25");
    assert.equal(
      await page.locator(".over").evaluate((over) => getComputedStyle(over).clipPath),
      "inset(0px 0px 0px 75%)",
    );
    await page.keyboard.press("4");
    assert.equal(await page.locator(".over").evaluate((over) => getComputedStyle(over).opacity), "0.25");
    await page.close();
  });

  it("lets equal rows face each other, and shows what was inserted as a gap", async () => {
    const page = await opened(await comparison());
    const button = (side: string) =>
      page.getByRole("button", { name: `Change 1 ${side}: The Pay button` }).boundingBox();
    const apart = async () => ((await button("after"))?.y ?? 0) - ((await button("before"))?.y ?? 0);
    assert.ok((await apart()) > 10, "as they are, one stands lower");
    await page.keyboard.press("2");
    assert.ok(Math.abs(await apart()) < 1, "aligned, they face each other");
    assert.equal(await page.locator(".hole").count(), 1);
    await page.close();
  });

  it("scrolls both pictures together", async () => {
    const page = await opened(await comparison());
    await page.getByRole("button", { name: "Zoom in" }).click();
    for (let step = 0; step < 5; step++) await page.getByRole("button", { name: "Zoom in" }).click();
    const [before, after] = [
      page.locator(".compared .stage").first(),
      page.locator(".compared .stage").last(),
    ];
    await before.evaluate((stage) => stage.scrollTo(120, 200));
    await page.waitForFunction(() => {
      const stage = document.querySelectorAll(".compared .stage")[1];
      return stage?.scrollLeft === 120 && stage.scrollTop === 200;
    });
    assert.deepEqual(
      await after.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]),
      [120, 200],
    );
    await page.close();
  });

  it("accepts, takes it back, and leaves a zone out, by telling its host", async () => {
    const page = await opened(await comparison());
    await page.getByRole("button", { name: "Accept" }).click();
    await page.keyboard.press("n");
    await page.getByRole("button", { name: "Ignore This Zone…" }).click();
    const acted = () =>
      page.evaluate(() => window.sent.flatMap(({ type, action }) => (type === "act" ? [action] : [])));
    assert.deepEqual(await acted(), [{ action: "accept" }, { action: "ignore", change: 0 }]);
    await page.close();
    const done = await opened(await comparison({ canAccept: false, done: "accepted" }));
    await done.getByRole("button", { name: "Undo" }).click();
    assert.deepEqual(await done.evaluate(() => window.sent.at(-1)?.action), { action: "undo" });
    await done.close();
  });
});
