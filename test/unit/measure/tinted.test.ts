import assert from "node:assert/strict";
import { drawn } from "../../support/drawn.js";
import { endOcr, measured } from "../../support/measured.js";

interface Part {
  text: string;
  colour?: string;
  more?: string;
}

/** A line of text in parts that follow each other as words do. */
const line = (y: number, parts: readonly Part[], size = 18): string => {
  const spans = parts.map(
    ({ text, colour = "#333333", more = "" }) => `<tspan fill="${colour}" ${more}>${text}</tspan>`,
  );
  return `<text x="30" y="${y}" xml:space="preserve" font-family="DejaVu Sans" font-size="${size}">${spans.join("")}</text>`;
};

/** A dark blue: 1.51:1 against the grey of the text. */
const blue = "#1a4a9c";
const link = (more = "", colour = blue): Part[] => [
  { text: "All of the masks hang in the " },
  { text: "left drawer", colour, more },
  { text: " by the glaze." },
];

async function tintedIn(shapes: string, height = 90) {
  const { tinted = [], texts } = await measured(await drawn(shapes, 760, height));
  return tinted.map(({ text, ...one }) => ({ words: texts.find(({ id }) => id === text)?.text, ...one }));
}

describe("tinted words in a sentence", () => {
  after(endOcr);

  it("are found with both colours and their contrast", async () => {
    const [only, ...others] = await tintedIn(line(50, link()));
    assert.deepEqual(others, []);
    assert.equal(only?.words, "left drawer");
    assert.deepEqual([only?.colour, only?.beside.colour], [blue, "#333333"]);
    assert.equal(only?.contrast.toFixed(2), "1.51");
    assert.equal(only?.most, only?.contrast);
  });

  it("are told by an underline, whether drawn through, dotted, pale or touching the letters", async () => {
    const rule = (y: number, more = "", colour = blue) =>
      `<path d="M 280 ${y} H 420" stroke="${colour}" ${more}/>`;
    for (const under of [
      rule(52.5),
      rule(51.5),
      rule(53.5, 'stroke-dasharray="1 1"'),
      rule(54.5, 'stroke-dasharray="3 2"'),
      rule(52.5, "", "#b8c4d8"),
    ])
      assert.deepEqual(await tintedIn(line(50, link()) + under), []);
    assert.deepEqual(await tintedIn(line(50, link('text-decoration="underline"'))), []);
  });

  it("are told by their weight, too, and are no matter in a line that is bold as a whole", async () => {
    const bold = 'font-weight="bold"';
    assert.deepEqual(await tintedIn(line(50, link(bold))), []);
    const whole = link(bold).map((part) => ({ ...part, more: bold }));
    assert.deepEqual(await tintedIn(line(50, whole)), []);
  });

  it("are nothing to speak of in code, menus, headlines and labels", async () => {
    const code = line(50, [
      { text: "const", colour: "#cf222e" },
      { text: " drawer of the shop = " },
      { text: "open", colour: "#8250df" },
      { text: "(left, right, middle, none)" },
    ]);
    const menu = line(50, [
      { text: "Orders of today" },
      { text: "People and masks", colour: blue, more: 'dx="30"' },
      { text: "Glazes and kilns", more: 'dx="30"' },
    ]);
    const headline = line(50, link(), 26);
    const path = line(50, [
      { text: "Home / Products / Masks", colour: blue },
      { text: " / Masks of the left drawer" },
    ]);
    const label = line(50, [{ text: "State: " }, { text: "delivered", colour: "#1a7f37" }]);
    for (const shapes of [code, menu, headline, path, label]) assert.deepEqual(await tintedIn(shapes), []);
  });

  it("are nothing to speak of where the lines around have further colours", async () => {
    const next = line(74, [
      { text: "Please do not open the " },
      { text: "right drawer", colour: "#9c1a1a" },
      { text: " without it." },
    ]);
    assert.deepEqual(await tintedIn(line(50, link()) + next, 110), []);
  });
});
