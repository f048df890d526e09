import assert from "node:assert/strict";
import { drawn } from "../../support/drawn.js";
import { endOcr, measured } from "../../support/measured.js";

const label = (x: number, y: number, text: string, fill = "#24292f", size = 14) =>
  `<text x="${x}" y="${y}" font-family="DejaVu Sans" font-size="${size}" fill="${fill}">${text}</text>`;
const rect = (x: number, y: number, width: number, height: number, style: string) =>
  `<rect x="${x + 0.5}" y="${y + 0.5}" width="${width - 1}" height="${height - 1}" ${style}/>`;

describe("measuring controls", () => {
  after(endOcr);

  it("finds buttons, fields, checkboxes and icons with their sizes", async () => {
    const shapes = [
      rect(40, 40, 120, 36, 'fill="#0969da" stroke="#0969da"'),
      label(66, 63, "Save now", "#ffffff"),
      rect(40, 110, 300, 38, 'fill="none" stroke="#57606a"'),
      label(52, 134, "Margaret"),
      rect(40, 180, 16, 16, 'fill="none" stroke="#57606a"'),
      label(64, 193, "Remember me"),
      rect(240, 40, 32, 32, 'fill="#eaeef2" stroke="#57606a"'),
      label(250, 62, "x", "#24292f", 16),
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 420, 240));
    assert.deepEqual(controls.map(({ kind, width, height }) => [kind, width, height]).sort(), [
      ["button", 120, 36],
      ["checkbox", 16, 16],
      ["field", 300, 38],
      ["icon", 32, 32],
    ]);
    assert.deepEqual(controls.map(({ id }) => id).sort(), ["C1", "C2", "C3", "C4"]);
  });

  it("measures a boundary against what surrounds it", async () => {
    const shapes = [
      rect(40, 40, 300, 38, 'fill="none" stroke="#767676"'),
      rect(40, 120, 300, 38, 'fill="none" stroke="#dddddd"'),
      rect(40, 200, 300, 38, 'fill="#767676" stroke="none"'),
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 420, 280));
    assert.deepEqual(
      controls.map(({ boundary }) => boundary.toFixed(1)),
      ["4.5", "1.4", "4.5"],
    );
  });

  it("knows a pixel of a dense screen from a CSS pixel, and how far the next control is", async () => {
    const shapes = [
      rect(40, 40, 40, 40, 'fill="#d0d7de" stroke="#57606a"'),
      label(52, 68, "x", "#24292f", 24),
      rect(96, 40, 40, 40, 'fill="#d0d7de" stroke="#57606a"'),
      label(108, 68, "y", "#24292f", 24),
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 300, 120), 2);
    assert.deepEqual(
      controls.map(({ width, gap }) => [width, gap]),
      [
        [20, 8],
        [20, 8],
      ],
    );
  });

  it("takes neither cards, nor rows of a table, nor badges, nor round letters for controls", async () => {
    const shapes = [
      rect(20, 20, 360, 180, 'fill="#f6f8fa" stroke="#d0d7de"'),
      label(40, 60, "A card with some words in it"),
      label(40, 90, "and a second line of them"),
      rect(40, 120, 70, 20, 'rx="10" fill="#ddf4ff" stroke="#54aeff"'),
      label(52, 135, "Draft", "#0550ae", 12),
      label(40, 260, "Door Book DOCTOR", "#24292f", 40),
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 520, 300));
    assert.deepEqual(controls, []);
  });

  it("finds radio buttons, selects and switches, checked or not (M14)", async () => {
    const shapes = [
      '<circle cx="48" cy="48" r="7.5" fill="#fff" stroke="#57606a"/>',
      '<circle cx="148" cy="48" r="7.5" fill="#fff" stroke="#57606a"/><circle cx="148" cy="48" r="4" fill="#0969da"/>',
      rect(40, 90, 200, 36, 'rx="4" fill="#fff" stroke="#57606a"'),
      label(50, 113, "Portugal"),
      '<path d="M218 105l5 5 5-5" fill="none" stroke="#24292f" stroke-width="2"/>',
      '<rect x="40" y="150" width="40" height="22" rx="11" fill="#0969da"/><circle cx="69" cy="161" r="8" fill="#fff"/>',
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 420, 240));
    assert.deepEqual(
      controls.map(({ kind, width, height }) => [kind, width, height]),
      [
        ["radio", 16, 16],
        ["radio", 16, 16],
        ["select", 200, 36],
        ["switch", 40, 22],
      ],
    );
  });

  it("finds small buttons by their border, and not badges of that height (M14)", async () => {
    const shapes = [
      rect(40, 40, 60, 21, 'rx="3" fill="#efefef" stroke="#767676"'),
      label(54, 55, "Send", "#000", 13),
      rect(140, 40, 18, 18, 'fill="#fff" stroke="#555"'),
      label(144, 54, "+", "#000", 13),
      '<rect x="200" y="40" width="60" height="21" rx="10" fill="#1f883d"/>',
      label(212, 55, "Open", "#fff", 13),
      '<circle cx="300" cy="50" r="11" fill="#6a5acd"/>',
      label(296, 55, "3", "#fff", 13),
      '<rect x="340" y="44" width="12" height="12" fill="#2e7d32"/>',
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 420, 100));
    assert.deepEqual(
      controls.map(({ kind, width, height }) => [kind, width, height]),
      [
        ["button", 60, 21],
        ["icon", 18, 18],
      ],
    );
  });

  it("takes items of a list, the head of a card, and keys named in a sentence for no controls", async () => {
    const items = [0, 1, 2].map((index) =>
      [
        rect(20, 20 + index * 40, 260, 41, 'fill="#fff" stroke="#b8c0cc"'),
        label(36, 46 + index * 40, "Item"),
      ].join(""),
    );
    const shapes = [
      ...items,
      rect(320, 20, 280, 160, 'fill="#fff" stroke="#b8c0cc"'),
      rect(321, 21, 278, 40, 'fill="#e6eaf0" stroke="#e6eaf0"'),
      label(336, 47, "Featured"),
      label(20, 215, "Press"),
      rect(63, 200, 42, 22, 'rx="3" fill="#f2f2f2" stroke="#888"'),
      label(69, 215, "Ctrl"),
      label(110, 215, "and wait."),
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 640, 260));
    assert.deepEqual(controls, []);
  });

  it("finds a button whose colour changes from top to bottom", async () => {
    const shades = ["#f2f2f2", "#ebebeb", "#dddddd", "#cfcfcf"].map(
      (fill, index) => `<rect x="40" y="${40 + index * 8}" width="90" height="8" fill="${fill}"/>`,
    );
    const shapes = [...shades, rect(40, 40, 90, 32, 'fill="none" stroke="#707070"'), label(62, 61, "Repair")];
    const { controls } = await measured(await drawn(shapes.join(""), 200, 120));
    assert.deepEqual(
      controls.map(({ kind, width, height }) => [kind, width, height]),
      [["button", 90, 32]],
    );
  });

  it("says what can be pressed as an estimate where a label stands beside a checkbox", async () => {
    const shapes = [
      rect(40, 40, 14, 14, 'fill="#fff" stroke="#57606a"'),
      label(62, 52, "Remember me"),
      rect(240, 40, 14, 14, 'fill="#fff" stroke="#57606a"'),
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 420, 100));
    const [labelled, alone] = controls;
    assert.ok(labelled?.target && labelled.target.width > 90 && labelled.target.height >= 14);
    assert.equal(alone?.target, undefined);
  });

  it("takes the points of a chart's line for no radio buttons, and its bars for no fields", async () => {
    const points = [0, 1, 2].map(
      (index) =>
        `<circle cx="${60 + index * 60}" cy="60" r="6" fill="#fff" stroke="#743ee2" stroke-width="2"/>`,
    );
    const shapes = [
      '<path d="M60 60H180" stroke="#743ee2" stroke-width="2"/>',
      ...points,
      '<rect x="40" y="100" width="260" height="34" fill="#2e7d32"/>',
    ];
    const { controls } = await measured(await drawn(shapes.join(""), 420, 160));
    assert.deepEqual(controls, []);
  });
});
