import assert from "node:assert/strict";
import sharp from "sharp";
import { contrastRatio } from "../../../src/measure/colour.js";
import type { TextMark } from "../../../src/report.js";
import { baselinesOf, type DrawnText, drawn, drawnTexts } from "../../support/drawn.js";
import { endOcr, measured } from "../../support/measured.js";

const rgb = (hex: string): [number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

/** The mark that lies on a line drawn by `drawnTexts`, by a word of it. */
function markWith(texts: readonly TextMark[], word: string): TextMark | undefined {
  return texts.find(({ text }) => text.includes(word));
}

describe("measuring text", () => {
  after(endOcr);

  const sizes = Array.from({ length: 33 }, (_, index) => index + 8);
  const pairs: Array<[ink: string, ground: string]> = [
    ["#767676", "#ffffff"],
    ["#8c959f", "#f6f8fa"],
    ["#7d8590", "#0d1117"],
    ["#c9302c", "#ffffff"],
  ];
  for (const [ink, ground] of pairs) {
    it(`finds ${ink} on ${ground} at every size from 8 to 40 px`, async () => {
      const lines = sizes.map((size): DrawnText => ({ text: `Number${size} reads well`, size, colour: ink }));
      const { texts } = await measured(await drawnTexts(lines, ground));
      const truth = contrastRatio(rgb(ink), rgb(ground));
      const baselines = baselinesOf(lines);
      for (const [index, size] of sizes.entries()) {
        const y = (baselines[index] ?? 0) - size * 0.3;
        const mark = texts.find(({ box }) => box.y < y && box.y + box.height > y);
        if (size < 12 && (!mark || mark.contrast.status === "unmeasured")) continue;
        assert.ok(mark, `${size} px was not found`);
        const { contrast } = mark;
        assert.equal(contrast.status, "measured", `${size} px`);
        if (contrast.status !== "measured") continue;
        const off = Math.abs(contrast.worst - truth) / truth;
        // Strokes of the smallest letters are thinner than a pixel: what they hold is less than the ink.
        assert.ok(off < (size < 12 ? 0.12 : 0.02), `${size} px: ${contrast.worst} instead of ${truth}`);
        if (size >= 12) assert.ok(Math.abs(mark.fontSize - size) < size * 0.2, `${size}: ${mark.fontSize}`);
      }
    });
  }

  it("does not overlook text that can hardly be seen, light or dark", async () => {
    for (const [ink, ground] of [
      ["#dddddd", "#ffffff"],
      ["#33383d", "#212529"],
      ["#fff3d6", "#ffffff"],
    ] as const) {
      const { texts } = await measured(
        await drawnTexts([{ text: "Nobody can read this notice", colour: ink }], ground),
      );
      const mark = markWith(texts, "Nobody");
      assert.ok(mark?.contrast.status === "measured" && !mark.contrast.passes, `${ink} on ${ground}`);
    }
  });

  it("tells colours of one line apart", async () => {
    const line = (x: number, fill: string, text: string) =>
      `<text x="${x}" y="40" font-family="DejaVu Sans" font-size="16" fill="${fill}">${text}</text>`;
    const { texts } = await measured(
      await drawn(line(20, "#000000", "Delivered by") + line(136, "#9a9a9a", "pale courier"), 400, 70),
    );
    assert.equal(markWith(texts, "Delivered")?.contrast.status, "measured");
    const pale = markWith(texts, "courier");
    assert.ok(pale && !pale.text.includes("Delivered"));
    assert.ok(pale.contrast.status === "measured");
    assert.ok(Math.abs(pale.contrast.worst - contrastRatio(rgb("#9a9a9a"), [255, 255, 255])) < 0.06);
  });

  it("gives text on a gradient its worst and its best", async () => {
    const shapes = `<defs><linearGradient id="g"><stop offset="0" stop-color="#0b3d91"/><stop offset="1" stop-color="#7fb2ff"/></linearGradient></defs>
      <rect width="700" height="80" fill="url(#g)"/>
      <text x="30" y="50" font-family="DejaVu Sans" font-size="30" fill="#ffffff">White words across the whole of a gradient</text>`;
    const { texts } = await measured(await drawn(shapes, 700, 80));
    const ratios = texts.flatMap(({ contrast }) => (contrast.status === "measured" ? [contrast] : []));
    const worst = Math.min(...ratios.map((ratio) => ratio.worst));
    const best = Math.max(...ratios.map((ratio) => ratio.best));
    assert.ok(worst < 3.2 && best > 7, `${worst} to ${best}`);
    assert.ok(ratios.some((ratio) => ratio.best > ratio.worst * 1.5));
  });

  it("tells large and bold text by their size", async () => {
    const { texts } = await measured(
      await drawnTexts([
        { text: "Large headline here", size: 26, colour: "#949494" },
        { text: "Small paragraph here", size: 15, colour: "#949494" },
        { text: "Bold subtitle here", size: 20, weight: "bold", colour: "#949494" },
      ]),
    );
    const needed = (word: string) => {
      const contrast = markWith(texts, word)?.contrast;
      return contrast?.status === "measured" ? contrast.needed : undefined;
    };
    assert.deepEqual([needed("Large"), needed("Small"), needed("Bold")], [3, 4.5, 3]);
    assert.equal(markWith(texts, "Bold")?.bold, true);
    assert.equal(markWith(texts, "Small")?.bold, false);
  });

  it("survives JPEG: near the truth, or honest about it", async () => {
    const lines = [14, 16, 20, 28].map(
      (size): DrawnText => ({ text: `Grey${size} after compression`, size, colour: "#8a8a8a" }),
    );
    const jpeg = await sharp(await drawnTexts(lines))
      .jpeg({ quality: 85 })
      .toBuffer();
    const { texts } = await measured(jpeg);
    const truth = contrastRatio(rgb("#8a8a8a"), [255, 255, 255]);
    const baselines = baselinesOf(lines);
    for (const [index, { size = 0 }] of lines.entries()) {
      // By its place: which digit is read is no matter of the contrast.
      const y = (baselines[index] ?? 0) - size * 0.3;
      const mark = texts.find(({ box }) => box.y < y && box.y + box.height > y);
      assert.ok(mark, `${size} px`);
      if (mark.contrast.status === "measured")
        assert.ok(Math.abs(mark.contrast.worst - truth) / truth < 0.08, `${size} px: ${mark.contrast.worst}`);
    }
  });

  it("reads the points of code, where each sign has a cell of its own", async () => {
    const lines = [
      "TypeError: Cannot read (reading 'amount')",
      "at sumPayments (payments.ts:88:31)",
      "57:7 1.250,00 i:j",
    ];
    const code = lines.map(
      (text, index) =>
        `<text x="20" y="${40 + 30 * index}" font-family="DejaVu Sans Mono" font-size="13" fill="#24292f">${text}</text>`,
    );
    const { texts } = await measured(await drawn(code.join(""), 400, 130));
    const read = lines.map((_, index) =>
      texts
        .filter(({ box }) => box.y < 38 + 30 * index && box.y + box.height > 32 + 30 * index)
        .sort((one, other) => one.box.x - other.box.x)
        .map(({ text }) => text)
        .join(" "),
    );
    assert.deepEqual(read, lines);
  });

  it("calls nothing measured that is a single sign, perhaps an icon", async () => {
    const { texts } = await measured(await drawnTexts([{ text: ">", size: 20, colour: "#bbbbbb" }]));
    assert.ok(texts.every(({ contrast }) => contrast.status === "unmeasured"));
  });

  it("finds the same whichever way round the colours are", async () => {
    const text = "Same words both ways";
    const [light, dark] = await Promise.all([
      measured(await drawnTexts([{ text, colour: "#595959" }], "#ffffff")),
      measured(await drawnTexts([{ text, colour: "#ffffff" }], "#595959")),
    ]);
    const ratio = ({ texts }: typeof light) =>
      texts[0]?.contrast.status === "measured" ? texts[0].contrast.worst.toFixed(2) : "";
    assert.equal(ratio(light), ratio(dark));
  });
});
