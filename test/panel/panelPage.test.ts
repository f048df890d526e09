import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { becomes } from "../support/becomes.js";
import { launchChromium } from "../support/chromium.js";
import { denseFindings, densePicture, denseReport, denseView, start } from "../support/denseAudit.js";
import { PanelPage } from "../support/panelPage.js";
import { themes } from "../support/panelThemes.js";

const wide = { width: 1200, height: 800 };
const loading = { state: "loading" as const, title: "Audit Accessibility: dashboard.png", findings: [] };

describe("the panel's page with forty findings", () => {
  let browser: Browser;
  let pictures: Awaited<ReturnType<typeof densePicture>>;
  before(async () => {
    browser = await launchChromium();
    pictures = await densePicture();
  });
  after(() => browser.close());

  const open = async (size = wide, theme = themes[0] as (typeof themes)[number]) => {
    const panel = await PanelPage.open(browser, theme, size);
    await panel.send(start, pictures.prepared, denseView());
    await panel.page.locator(".head").first().waitFor();
    return panel;
  };

  it("moves nothing from the click to the end, while the picture, what is measured and Claude's come (U20)", async () => {
    const panel = await PanelPage.open(browser, themes[0], wide);
    const { page } = panel;
    const measured = {
      ...denseReport,
      findings: denseFindings.filter(({ evidence }) => evidence === "measured"),
    };
    const later = denseFindings.filter(({ evidence }) => evidence !== "measured");
    const numbered = [...measured.findings, ...later].map((finding, index) => ({
      ...finding,
      number: index + 1,
      // One of those that stand there from the start waits for a decision.
      confidence: index === 3 ? ("low" as const) : finding.confidence,
    }));
    const known = { ...measured, findings: numbered.slice(0, measured.findings.length) };
    const places = () =>
      page.locator(".head, .heading h1, .filter, .stage, .footer").evaluateAll((all) =>
        all.map((one) => {
          const { x, y } = one.getBoundingClientRect();
          return [
            (one.getAttribute("data-finding") ?? one.className).trim(),
            Math.round(x),
            Math.round(y),
          ].join(" ");
        }),
      );
    await panel.send(start, { type: "view", view: { ...loading, stage: "Starting" } });
    const bare = await places();
    await panel.send(pictures.original);
    await page.locator(".canvas img").waitFor();
    await panel.send({ type: "view", view: { ...loading, stage: "Measuring the picture" } });
    await panel.send(
      pictures.prepared,
      denseView({ over: { ...loading, stage: "Waiting for Claude" } }, known),
    );
    await page.locator(".head").first().waitFor();
    const first = await places();
    const kept = (all: string[]) => all.filter((one) => !one.startsWith("footer"));
    assert.deepEqual(
      kept(first).filter((one) => bare.includes(one)),
      kept(bare),
    );
    for (const count of [1, 3, later.length]) {
      const some = later.slice(0, count);
      const arriving = { ...known, findings: numbered.slice(0, known.findings.length + count) };
      const over = { ...loading, stage: "Reading the answer", findings: [...some] };
      await panel.send(
        denseView(
          { over },
          arriving,
          some.map(({ key }) => key),
        ),
      );
      assert.deepEqual(
        (await places()).filter((one) => first.includes(one)),
        first,
      );
    }
    await panel.send(denseView({}, { ...denseReport, findings: numbered }));
    await page.locator(".facts").waitFor();
    const last = kept(await places());
    assert.deepEqual(
      last.filter((one) => first.includes(one)),
      kept(first),
    );
    assert.deepEqual(await panel.shifts(), []);
    assert.deepEqual(panel.errors, []);
    await page.close();
  });

  it("takes at most three Tab stops to the first finding, and the arrows from there (U26)", async () => {
    const { page, errors } = await open();
    const focused = () => page.evaluate(() => document.activeElement?.className ?? "");
    let stops = 0;
    do {
      await page.keyboard.press("Tab");
      stops++;
    } while (!/head|fold/.test(await focused()) && stops < 20);
    assert.ok(stops - 1 <= 3, `${stops - 1} stops before`);
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    const finding = () =>
      page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.finding);
    const first = await finding();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await finding(), first);
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assert.equal(await finding(), first);
    await page.keyboard.press("Enter");
    await page.locator(".finding.chosen .body").waitFor();
    await page.keyboard.press("p");
    assert.match(await focused(), /pin/);
    await page.keyboard.press("Enter");
    assert.equal(await finding(), first);
    await page.keyboard.press("Escape");
    await becomes(() => page.locator(".finding.chosen").count(), 0);
    assert.deepEqual(errors, []);
    await page.close();
  });

  it("decides by keys, about several at once, with a reason, and takes it back (U27)", async () => {
    const { page, sent } = await open();
    const acts = () => sent.flatMap((message) => (message.type === "act" ? [message.action] : []));
    const [one, two] = [4, 19].map((number) => denseFindings[number - 1]?.key);
    await page.locator(`.head[data-finding="${one}"]`).focus();
    await page.keyboard.press("a");
    await becomes(async () => acts().at(-1), { action: "decide", keys: [one], decision: "accepted" });
    await page.keyboard.press("d");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const dismissed = { action: "decide", decision: "dismissed", dismissal: "disabled" };
    await becomes(async () => acts().at(-1), { ...dismissed, keys: [one] });
    for (const key of [one, two])
      await page.locator(`.head[data-finding="${key}"]`).click({ modifiers: ["Control"] });
    await page
      .getByRole("toolbar", { name: "Selected findings" })
      .getByRole("button", { name: "Dismiss" })
      .click();
    await page.getByRole("button", { name: "Disabled control" }).click();
    await becomes(async () => acts().at(-1), { ...dismissed, keys: [one, two] });
    await page.locator(".head").first().focus();
    await page.keyboard.press("Control+z");
    await becomes(async () => acts().at(-1), { action: "undo" });
    await page.keyboard.press("c");
    await page.getByLabel("Comment", { exact: true }).fill("Known since May");
    await page.keyboard.press("Control+Enter");
    await becomes(async () => acts().at(-1), { action: "comment", key: one, comment: "Known since May" });
    await page.close();
  });

  it("counts neither what is set aside, dismissed or denied, nor what waits for a decision (U5)", async () => {
    const { page } = await open();
    const counted = denseFindings.filter(
      ({ evidence, setAside, decision, confidence }) =>
        evidence !== "contradicted" && !setAside && !decision && confidence !== "low",
    );
    const chips = await page.locator(".chip b").allInnerTexts();
    assert.equal(
      chips.reduce((sum, count) => sum + Number(count), 0),
      counted.length,
    );
    await page.close();
  });

  it("searches and filters, and says how many are left", async () => {
    const { page } = await open();
    await page.getByLabel("Search findings").fill("status 17");
    await becomes(() => page.locator(".head").count(), 1);
    await becomes(() => page.locator(".announced").innerText(), "1 of 40 findings shown");
    await page.getByLabel("Search findings").fill("");
    await page.getByRole("button", { name: /^Filter/ }).click();
    await page.getByLabel("WCAG 2.5.8 Target Size (Minimum) (AA)").uncheck();
    await becomes(() => page.getByRole("heading", { name: /2\.5\.8/ }).count(), 0);
    await page.getByLabel("Place, top to bottom").check();
    await becomes(() => page.locator(".group h2").count(), 0);
    await page.close();
  });

  it("zooms to the pointer, and fits the whole picture", async () => {
    const { page } = await open();
    const canvas = page.locator(".canvas");
    const width = async () => Math.round((await canvas.boundingBox())?.width ?? 0);
    await page.getByRole("button", { name: "200%" }).click();
    assert.equal(await width(), 3840);
    await page.getByRole("button", { name: "Fit All" }).click();
    const before = await canvas.boundingBox();
    assert.ok(before);
    const at = { x: before.x + 0.75 * before.width, y: before.y + 0.6 * before.height };
    await page.mouse.move(at.x, at.y);
    await page.keyboard.down("Control");
    for (let step = 0; step < 6; step++) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    await becomes(async () => (await width()) > 3 * before.width, true);
    const after = await canvas.boundingBox();
    assert.ok(after && Math.abs((at.x - after.x) / after.width - 0.75) < 0.03);
    await page.close();
  });

  it("tells the contrast of two places that are clicked", async () => {
    const { page } = await open();
    await page.getByRole("button", { name: "Tools…" }).click();
    await page.getByRole("button", { name: "Compare Colours" }).click();
    const canvas = await page.locator(".canvas").boundingBox();
    assert.ok(canvas);
    await page.mouse.click(canvas.x + 5, canvas.y + canvas.height - 5);
    await page.mouse.click(canvas.x + canvas.width * 0.03, canvas.y + canvas.height * 0.43);
    await page
      .locator(".eyedropper b")
      .filter({ hasText: /^\d+\.\d\d:1$/ })
      .waitFor();
    await page.close();
  });

  it("covers places by pointer and by keys, and runs with them", async () => {
    const { page, sent } = await open();
    await page.getByRole("button", { name: "Tools…" }).click();
    await page.getByRole("button", { name: "Cover Areas Before Sending" }).click();
    const canvas = await page.locator(".canvas").boundingBox();
    assert.ok(canvas);
    const scale = 1920 / canvas.width;
    await page.mouse.move(canvas.x + 100, canvas.y + 50);
    await page.mouse.down();
    await page.mouse.move(canvas.x + 200, canvas.y + 80);
    await page.mouse.up();
    await page.getByText("1 area covered.").waitFor();
    await page.getByRole("button", { name: "Add Cover" }).click();
    await page.keyboard.press("ArrowRight");
    await page.getByText("2 areas covered.").waitFor();
    await page.keyboard.press("Delete");
    await page.getByRole("button", { name: "Run with Covers" }).click();
    await becomes(async () => sent.at(-1)?.type, "cover");
    const last = sent.at(-1);
    assert.ok(last?.type === "cover");
    const [box, ...others] = last.covers;
    assert.ok(box && others.length === 0);
    assert.ok(Math.abs(box.x - 100 * scale) < 2 && Math.abs(box.width - 100 * scale) < 3);
    await page.close();
  });

  it("saves the picture with its marks, and shows it as others see it", async () => {
    const { page, sent, errors } = await open();
    await page.getByRole("button", { name: "Tools…" }).click();
    await page.getByLabel(/protanopia/).check();
    await page.locator(".canvas.see-protan").waitFor();
    await page.getByRole("button", { name: "Save Marked Picture…" }).click();
    await becomes(async () => sent.at(-1)?.type, "savePicture");
    const last = sent.at(-1);
    assert.ok(last?.type === "savePicture" && last.name === "dashboard-marked" && last.bytes.length > 10_000);
    assert.deepEqual(errors, []);
    await page.close();
  });

  const over = { title: "", findings: [] };
  const states: Record<string, Parameters<typeof denseView>[0]> = {
    "an audit": {},
    "an audit that goes on": { over: { ...loading, stage: "Waiting for Claude" } },
    "an audit that failed": {
      over: {
        ...over,
        state: "failed",
        message: "Claude is overloaded. Try again in a few minutes.",
        cancelled: false,
        next: [{ step: "runAgain", label: "Run Again" }],
      },
    },
    "an audit that asks": {
      over: {
        state: "question",
        title: "",
        reasons: ["This picture may contain personal data (outlined)."],
        caution: "Names, addresses and faces are not looked for.",
        secrets: [{ label: "payment card number", box: { x: 100, y: 100, width: 200, height: 30 } }],
        choices: [{ choice: "send", label: "Hide and Continue" }],
      },
    },
  };
  for (const theme of themes)
    for (const [state, more] of Object.entries(states))
      it(`has nothing to find for axe in ${theme}: ${state}`, async () => {
        const panel = await open(wide, theme);
        await panel.send(denseView(more));
        const { page } = panel;
        await page.locator(".head").first().click();
        await page.locator(".body").waitFor();
        if (state === "an audit") {
          await page.keyboard.press("d");
          await page
            .locator(".head")
            .nth(1)
            .click({ modifiers: ["Control"] });
          await page.getByRole("button", { name: /^Filter/ }).click();
        }
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() =>
          (window as unknown as { axe: Pick<typeof import("axe-core"), "run"> }).axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
          }),
        );
        assert.deepEqual(
          violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
          ),
          [],
        );
        await page.close();
      });
});
