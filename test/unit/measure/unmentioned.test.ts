import assert from "node:assert/strict";
import { textNeeds } from "../../../src/checks/textContrast.js";
import { fromHex } from "../../../src/measure/colour.js";
import { judgeTexts } from "../../../src/measure/judgeTexts.js";
import { measure } from "../../../src/measure/measure.js";
import type { MeasuredText } from "../../../src/measure/text.js";
import type { Box, TextMark } from "../../../src/report.js";
import { drawn } from "../../support/drawn.js";
import { pixelsOf } from "../../support/measured.js";

const write = (x: number, y: number, size: number, fill: string, text: string, more = "") =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}" fill="${fill}" ${more}>${text}</text>`;

/** All that is said of a picture's texts when none of them could be read. */
async function marksOf(
  shapes: string,
  width: number,
  height: number,
  ground = "#ffffff",
): Promise<TextMark[]> {
  const { texts } = await measure(await pixelsOf(await drawn(shapes, width, height, ground)), {
    read: async (lines) => lines.map(() => []),
    pixelRatio: 1,
    jpegQuality: undefined,
    needs: textNeeds,
    findSecrets: false,
  });
  return texts;
}

/** The mark that holds a place. */
const markAt = (texts: readonly TextMark[], x: number, y: number): TextMark | undefined =>
  texts.find(({ box }) => box.x <= x && x < box.x + box.width && box.y <= y && y < box.y + box.height);

/** Says that the text at a place has this colour. What draws the tests covers a pixel by 254 of 255 at most. */
function assertInk(texts: readonly TextMark[], x: number, y: number, ink: string): void {
  const contrast = markAt(texts, x, y)?.contrast;
  assert.ok(contrast?.status === "measured", `${ink}: ${contrast?.status ?? "not mentioned"}`);
  const [found, expected] = [fromHex(contrast.foreground), fromHex(ink)];
  assert.ok(
    found.every((level, channel) => Math.abs(level - (expected[channel] ?? 0)) <= 2),
    `${contrast.foreground} instead of ${ink}`,
  );
}

const reaches = ({ x, width }: Box, from: number, to: number): boolean => x <= from && x + width >= to;

describe("text that was left unmentioned", () => {
  it("has an m so bold that it looks like a plate with letters cut out of it (M6)", async () => {
    const texts = await marksOf(write(20, 40, 28, "#888888", "some hammers", 'font-weight="bold"'), 300, 60);
    assertInk(texts, 30, 32, "#888888");
    assert.ok(
      texts.some(({ box }) => reaches(box, 26, 215)),
      texts.map(({ box }) => `${box.x}+${box.width}`).join(),
    );
  });

  it("stands in a frame that something touches, and that has its colour (M1)", async () => {
    const frame =
      '<path d="M20 20H380V180H20ZM20 150H380M300 150V60H380M20 60H60V150M340 60V20" fill="none" stroke="#444444" stroke-width="4"/>';
    const texts = await marksOf(
      frame +
        write(80, 60, 16, "#444444", "Volume of the left side") +
        write(80, 110, 16, "#b0b0b0", "not yet known"),
      420,
      200,
    );
    assertInk(texts, 120, 55, "#444444");
    assertInk(texts, 120, 105, "#b0b0b0");
    assert.ok(texts.every(({ box }) => box.height < 40));
  });

  it("is a colon or an ellipsis in a colour of its own, beside words (M6)", async () => {
    const parts =
      '<tspan fill="#859900">card</tspan><tspan fill="#9aa5a8">:</tspan><tspan fill="#cb4b16">hover</tspan>';
    const texts = await marksOf(
      write(20, 40, 26, "#000000", parts) +
        write(20, 90, 26, "#268bd2", 'pages<tspan fill="#c8c8c8">…</tspan>'),
      260,
      110,
      "#fdf6e3",
    );
    const inColon = texts.filter(({ box }) => box.x > 75 && box.x + box.width < 96 && box.y < 50);
    assert.equal(inColon.length, 1);
    assert.ok((inColon[0]?.box.height ?? 0) >= 12, "both of its dots");
    assert.ok(
      texts.some(({ box }) => box.y > 70 && box.x > 95 && box.width >= 15),
      "the ellipsis",
    );
  });

  it("is a word whose letters touch, and is no higher than they are (M12)", async () => {
    const texts = await marksOf(write(20, 40, 16, "#999999", "woodwork", 'letter-spacing="-1.6"'), 160, 60);
    const mark = markAt(texts, 40, 36);
    assert.ok(mark && mark.box.height <= 14, `${mark?.box.height}`);
  });

  it("are initials on a disc that a counter bites into (M6)", async () => {
    const disc =
      '<circle cx="60" cy="50" r="30" fill="#f1b3a0"/><circle cx="84" cy="26" r="12" fill="#5755d9"/>';
    const texts = await marksOf(disc + write(53, 56, 16, "#ffffff", "M"), 130, 100);
    const mark = markAt(texts, 60, 50);
    assert.ok(
      mark && mark.box.width < 25 && mark.contrast.status === "unmeasured",
      JSON.stringify(mark?.box),
    );
    assert.match(mark.contrast.reason, /between 1\.[78]:1 and/);
  });

  it("never takes the colour of the comma behind it (M3)", async () => {
    const texts = await marksOf(
      write(20, 40, 20, "#d8dee9", '<tspan fill="#b48ead">0x10</tspan>, a word'),
      160,
      60,
      "#2e3440",
    );
    const mark = markAt(texts, 30, 36);
    assert.ok(
      mark?.contrast.status === "unmeasured" || mark?.contrast.passes === false,
      JSON.stringify(mark),
    );
  });

  it("is not lost among the dashes of a chart's grid, none of which is listed", async () => {
    const grid = [40, 100, 160, 220]
      .map((y) => `<path d="M60 ${y}H560"/>`)
      .concat([60, 185, 310, 435, 560].map((x) => `<path d="M${x} 40V220"/>`));
    const texts = await marksOf(
      `<g stroke="#cccccc" stroke-width="2" stroke-dasharray="4 4">${grid.join("")}</g>` +
        write(14, 106, 14, "#999999", "12.5") +
        write(330, 106, 14, "#999999", "on the line"),
      600,
      250,
    );
    assertInk(texts, 340, 102, "#999999");
    assert.ok(markAt(texts, 24, 102));
    assert.ok(
      texts.length <= 4,
      texts.map(({ box }) => `${box.x},${box.y} ${box.width}×${box.height}`).join("; "),
    );
  });

  it("is a single sign with the colours and size of the words near to it", () => {
    const words = measuredText({ x: 10, y: 40, width: 90, height: 11 }, "Litres per day");
    const judged = (sign: MeasuredText) =>
      judgeTexts([words, sign], { pixelRatio: 1, needs: textNeeds }).texts.find(({ text }) => text === "0")
        ?.contrast;
    const near = judged(measuredText({ x: 20, y: 70, width: 7, height: 11 }, "0"));
    assert.ok(near?.status === "measured" && !near.passes);
    const far = judged(measuredText({ x: 620, y: 470, width: 7, height: 11 }, "0"));
    assert.equal(far?.status, "unmeasured");
    const large = { height: 22, em: 30, least: 29, most: 31, weight: 0.1 };
    const icon = judged({ ...measuredText({ x: 20, y: 70, width: 14, height: 22 }, "0"), size: large });
    assert.equal(icon?.status, "unmeasured");
  });
});

/** A pale text as it was read, in letters of 15 pixels. */
function measuredText(box: Box, text: string): MeasuredText {
  const [foreground, worst] = [fromHex("#999999"), fromHex("#ffffff")];
  return {
    box,
    text,
    confidence: 92,
    size: { height: 11, em: 15, least: 14, most: 16, weight: 0.1 },
    shape: text.length > 1 ? "text" : "sign",
    outlined: false,
    besideText: false,
    signs: text.replaceAll(" ", "").length,
    colours: { foreground, worst, best: worst, below: 0, above: 0 },
  };
}
