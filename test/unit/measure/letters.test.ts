import assert from "node:assert/strict";
import fc from "fast-check";
import sharp from "sharp";
import { textNeeds } from "../../../src/checks/textContrast.js";
import { type Colour, contrastRatio, hex } from "../../../src/measure/colour.js";
import { findText } from "../../../src/measure/findText.js";
import { inkOn } from "../../../src/measure/ink.js";
import { measure } from "../../../src/measure/measure.js";
import type { TextMark } from "../../../src/report.js";
import { drawn } from "../../support/drawn.js";
import { pixelsOf } from "../../support/measured.js";

const word = (x: number, y: number, text: string, fill: string, more = "") =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="16" fill="${fill}" ${more}>${text}</text>`;

/** The texts of a picture as they are measured before anything is read. */
async function unread(shapes: string, width = 420, height = 80, ground = "#ffffff"): Promise<TextMark[]> {
  let texts: TextMark[] = [];
  await measure(await pixelsOf(await drawn(shapes, width, height, ground)), {
    read: async (lines) => lines.map(() => []),
    pixelRatio: 1,
    jpegQuality: undefined,
    needs: textNeeds,
    findSecrets: false,
    onMeasured: (found) => {
      texts = found.texts;
    },
  });
  return texts;
}

/** Whether two colours are one: what draws the tests covers a pixel by 254 of 255 at most. */
const near = (one: string, other: string): boolean =>
  [1, 3, 5].every(
    (index) =>
      Math.abs(
        Number.parseInt(one.slice(index, index + 2), 16) - Number.parseInt(other.slice(index, index + 2), 16),
      ) <= 2,
  );

/** Says that the text at a place was measured to have these colours. */
function assertColours(texts: readonly TextMark[], x: number, y: number, ink: string, ground: string): void {
  const mark = texts.find(
    ({ box }) => box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height,
  );
  assert.ok(mark?.contrast.status === "measured", `${ink} on ${ground}: ${mark?.contrast.status}`);
  const { foreground, background } = mark.contrast;
  assert.ok(near(foreground, ink) && near(background, ground), `${foreground} on ${background}`);
}

describe("measuring letters", () => {
  it("measures before anything is read, and in every script that the font has (M5)", async () => {
    for (const text of ["Забыли пароль? Нажмите", "Ξεχάσατε τον κωδικό", "هل نسيت كلمة المرور"]) {
      const texts = await unread(word(30, 40, text, "#aaaaaa"));
      assert.ok(
        texts.some(
          ({ contrast }) =>
            contrast.status === "measured" && !contrast.passes && near(contrast.foreground, "#aaaaaa"),
        ),
        text,
      );
    }
  });

  it("keeps pale words beside dark ones (M2)", async () => {
    const texts = await unread(
      word(20, 40, "Total amount", "#111111") + word(140, 40, "not yet known", "#bbbbbb"),
    );
    assertColours(texts, 60, 35, "#111111", "#ffffff");
    assertColours(texts, 180, 35, "#bbbbbb", "#ffffff");
  });

  it("never mixes the colours of a word (M3)", async () => {
    const spans = `<tspan fill="#6d9ad6">keyboard</tspan><tspan fill="#333333">background</tspan><tspan fill="#a5a5a5">another</tspan>`;
    const texts = await unread(word(20, 40, spans, "#000000"));
    const found = texts.flatMap(({ contrast }) =>
      contrast.status === "measured" ? [contrast.foreground] : [],
    );
    const expected = ["#333333", "#6d9ad6", "#a5a5a5"];
    assert.ok(
      found.length === 3 && found.sort().every((one, index) => near(one, expected[index] ?? "")),
      found.join(),
    );
  });

  it("never mixes the colours of letters that touch (M3)", async () => {
    const word = (x: number, text: string, fill: string) =>
      `<text x="${x}" y="50" font-family="DejaVu Sans" font-weight="bold" font-size="32" fill="${fill}">${text}</text>`;
    // Each word overlaps the next by a pixel or two.
    const texts = await unread(
      word(20, "gag", "#2da44e") + word(89, "fang", "#000000") + word(174, "fun", "#cf222e"),
    );
    assertColours(texts, 40, 40, "#2da44e", "#ffffff");
    assertColours(texts, 130, 40, "#000000", "#ffffff");
    assertColours(texts, 220, 40, "#cf222e", "#ffffff");
  });

  it("tells the colours of one word apart that lie close to each other (M3)", async () => {
    const spans = '<tspan fill="#2da44e">passing</tspan><tspan>/</tspan><tspan fill="#bf8700">flaky</tspan>';
    const line = word(20, 40, `Status: ${spans}`, "#1f2328", 'font-weight="bold" style="font-size:24px"');
    const { segments } = findText(await pixelsOf(await drawn(line, 420, 70)), false);
    const words = segments.filter(({ width }) => width > 40);
    const inks = words.flatMap(({ ink }) => (ink ? [hex(inkOn(ink.ground, ink))] : []));
    const drawnInks = ["#1f2328", "#2da44e", "#bf8700"];
    assert.ok(
      inks.every((ink) => drawnInks.some((one) => near(ink, one))),
      inks.join(" "),
    );
    assert.ok(
      drawnInks.every((one) => inks.some((ink) => near(ink, one))),
      inks.join(" "),
    );
  });

  it("takes the ground from inside of a tight box, whatever is around it (M4)", async () => {
    const band = `<rect x="20" y="26" width="300" height="18" fill="#666666"/>${word(20, 40, "Black without padding", "#000000")}`;
    assertColours(await unread(band), 60, 35, "#000000", "#666666");
    const outlined = `<rect x="20.5" y="22.5" width="150" height="24" fill="#eeeeee" stroke="#767676"/>${word(24, 40, "Save this draft", "#777777")}`;
    assertColours(await unread(outlined), 60, 35, "#777777", "#eeeeee");
  });

  it("finds figures of the page's own colour on a disc, thin and thick (M4)", async () => {
    for (const weight of ["normal", "bold"]) {
      const figures = word(42, 70, "18", "#ffffff", `font-weight="${weight}" style="font-size:27px"`);
      const texts = await unread(`<circle cx="60" cy="60" r="39" fill="#569ff7"/>${figures}`, 420, 120);
      const mark = texts.find(({ box }) => box.width < 60 && box.width > 20);
      const { low = 0, high = 0 } = mark?.contrast ?? {};
      assert.ok(low > 2.5 && high < 2.9, `${weight}: ${JSON.stringify(texts)}`);
    }
  });

  it("measures what is cut out of a highlight of the page's own colour (S1)", async () => {
    const marked = `<rect x="20" y="25" width="210" height="20" fill="#2d6cdf"/>${word(22, 40, "White on selection blue", "#ffffff")}`;
    assertColours(await unread(marked), 80, 35, "#ffffff", "#2d6cdf");
  });

  it("keeps two tight lines beside one picture apart (M1)", async () => {
    const shapes = `<circle cx="36" cy="40" r="20" fill="#1abb9c"/>${word(62, 38, "Sarah placed a new order", "#222222")}${word(62, 53, "two minutes ago at most", "#8a8a8a")}`;
    const texts = await unread(shapes);
    assertColours(texts, 100, 33, "#222222", "#ffffff");
    assertColours(texts, 100, 49, "#8a8a8a", "#ffffff");
  });

  it("does not let underlines and strike-throughs join letters to one patch", async () => {
    const texts = await unread(
      word(20, 40, "struck through and gone", "#999999", 'text-decoration="line-through"'),
    );
    assert.ok(texts.some(({ contrast, box }) => contrast.status === "measured" && box.width > 150));
  });

  it("is unsure of what has an outline of its own (M11)", async () => {
    const texts = await unread(
      `<g font-weight="bold">${word(20, 50, "Outlined", "#ffffff", 'stroke="#263238" stroke-width="1.5" style="font-size:34px"')}</g>`,
      420,
      80,
      "#cfd8dc",
    );
    assert.ok(texts.length > 0 && texts.every(({ contrast }) => contrast.status === "unmeasured"));
  });

  it("gives no verdict between 3:1 and 4.5:1 on text that may be just large or just not (M8)", async () => {
    const sized = (size: number, fill: string) =>
      unread(word(20, 50, "Heading in a size", fill, `style="font-size:${size}px"`));
    const statuses = async (size: number, fill: string) =>
      (await sized(size, fill)).map(({ contrast }) =>
        contrast.status === "measured" ? contrast.passes : "unsure",
      );
    assert.deepEqual(await statuses(24, "#888888"), ["unsure"]);
    assert.deepEqual(await statuses(24, "#aaaaaa"), [false]);
    assert.deepEqual(await statuses(24, "#555555"), [true]);
    assert.deepEqual(await statuses(14, "#888888"), [false]);
    assert.deepEqual(await statuses(32, "#888888"), [true]);
  });

  it("knows the size of signs that are built of parts above each other (M8)", async () => {
    // As high as Chinese signs of 14 px: nothing of them is as low as small letters are in a larger font.
    const signs = [12, 10, 12, 11, 12, 10].map(
      (width, index) =>
        `<path transform="translate(${20 + index * 14} 30)" fill="#888888" d="M0 0h${width}v3h-${width}z M1 4h2v3h${width - 6}v-3h2v8h-2v-3h-${width - 6}v3h-2z"/>`,
    );
    const [sign] = await unread(signs.join(""));
    assert.ok(sign?.contrast.status === "measured" && !sign.contrast.passes, JSON.stringify(sign));
  });

  it("takes a short word for one where the OCR does not know the script (M5)", async () => {
    const lines = ["Съешь ещё этих мягких", "французских булок", "да выпей же чаю"];
    const shapes = [...lines, "мы"].map((text, index) =>
      word(20, 30 + 30 * index, text, index < 3 ? "#222222" : "#999999"),
    );
    const png = await drawn(shapes.join(""), 320, 140, "#ffffff");
    const statusOf = async (confidence: number) => {
      const { texts } = await measure(await pixelsOf(png), {
        read: async (all) =>
          all.map(({ x, width, scale }) =>
            width / scale < 60 ? [] : [{ text: "Cbewb ewe", confidence, x, width: width / scale }],
          ),
        pixelRatio: 1,
        jpegQuality: undefined,
        needs: textNeeds,
        findSecrets: false,
      });
      return texts.at(-1)?.contrast.status;
    };
    assert.equal(await statusOf(12), "measured");
    assert.equal(await statusOf(95), "unmeasured");
  });

  it("does not list bullets and icons whose contrast is enough for any letter", async () => {
    const bullets = [30, 60].map((y) => `<circle cx="24" cy="${y - 5}" r="3.5" fill="#222222"/>`);
    const texts = await unread(bullets.join("") + word(60, 30, "First of all", "#222222"));
    assert.equal(texts.length, 1);
    const pale = await unread(`<circle cx="24" cy="25" r="5" fill="#999999"/>`);
    assert.deepEqual(
      pale.map(({ contrast }) => contrast.status),
      ["unmeasured"],
    );
  });

  it("finds any ink on any ground in an exact picture, and its exact colours", async () => {
    const channel = fc.integer({ min: 0, max: 255 });
    const colour: fc.Arbitrary<Colour> = fc.tuple(channel, channel, channel);
    await fc.assert(
      fc.asyncProperty(colour, colour, async (ink, ground) => {
        const ratio = contrastRatio(ink, ground);
        fc.pre(ratio > 1.25);
        const png = await drawn(word(20, 40, "Hamburgers for seven", hex(ink)), 260, 60, hex(ground));
        const { segments } = findText(await pixelsOf(png), false);
        const found = segments.find(({ width }) => width > 120)?.ink;
        assert.ok(found, `${hex(ink)} on ${hex(ground)}`);
        const shown = ([0, 1, 2] as const).map((at) => Math.round(found.ground[at] + found.shift[at]));
        assert.ok(
          shown.every((value, index) => Math.abs(value - (ink[index] ?? 0)) <= 2),
          `${shown} for ${ink} on ${ground}`,
        );
      }),
      { numRuns: 40 },
    );
  });

  it("takes neither icons nor a photo for text that fails (M9)", async () => {
    const stars = [20, 44, 68].map(
      (x) =>
        `<path transform="translate(${x} 20)" d="M9 1l2.5 5.5 6 .5-4.500 4 1.500 6-5.500-3.200-5.500 3.200 1.500-6-4.500-4 6-.5z" fill="#d0d3da"/>`,
    );
    const texts = await unread(stars.join(""));
    assert.ok(texts.every(({ contrast }) => contrast.status === "unmeasured"));
    const noise = Buffer.from(
      Array.from({ length: 300 * 200 * 3 }, (_, index) => (index * 7919 + (index % 97) * 131) % 251),
    );
    const photo = await sharp(noise, { raw: { width: 300, height: 200, channels: 3 } })
      .blur(1.5)
      .png()
      .toBuffer();
    const { texts: none } = await measure(await pixelsOf(photo), {
      read: async (lines) => lines.map(() => []),
      pixelRatio: 1,
      jpegQuality: undefined,
      needs: textNeeds,
      findSecrets: false,
    });
    assert.ok(none.every(({ contrast }) => contrast.status === "unmeasured" || contrast.passes));
  });
});
