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
});
