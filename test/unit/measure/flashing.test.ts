import assert from "node:assert/strict";
import sharp from "sharp";
import { textNeeds } from "../../../src/checks/textContrast.js";
import { animationOf } from "../../../src/image/animation.js";
import { openPicture } from "../../../src/image/open.js";
import { readPixels } from "../../../src/image/prepare.js";
import { findFlashes } from "../../../src/measure/flashing/findFlashes.js";
import { findKeyFrames } from "../../../src/measure/flashing/keyFrames.js";
import { PictureProcess } from "../../../src/measure/process/pictureProcess.js";
import { measuredFindings } from "../../../src/workflows/audit/measured.js";
import { noRulings } from "../../../src/workflows/audit/rulings.js";
import { type DrawnFrame, drawnAnimation } from "../../support/animations.js";
import { refused } from "../../support/expect.js";
import { current } from "../../support/pictures.js";

type Rgb = readonly [number, number, number];
const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];
const red: Rgb = [255, 0, 0];

async function flashesIn(bytes: Buffer, ratio = 1) {
  const animation = await animationOf(bytes);
  return animation && findFlashes(bytes, animation, ratio, () => undefined);
}

/** Two colours in turn. @param hertz flashes a second */
const blinking = (one: Rgb, other: Rgb, hertz: number, more: object = {}) =>
  drawnAnimation([{ colour: one }, { colour: other }], Math.round(500 / hertz), more);

/** A rectangle that blinks on grey. */
function blinkingPart(width: number, height: number, one: Rgb = black, other: Rgb = white): DrawnFrame[] {
  const at = { x: 20, y: 20, width, height };
  const colour: Rgb = [128, 128, 128];
  return [
    { colour, inside: { ...at, colour: one } },
    { colour, inside: { ...at, colour: other } },
  ];
}

describe("flashing (WCAG 2.3.1)", () => {
  it("is found over three flashes a second, and not at three", async () => {
    assert.equal((await flashesIn(await blinking(black, white, 4)))?.kind, "general");
    assert.equal((await flashesIn(await blinking(black, white, 10)))?.kind, "general");
    assert.equal(await flashesIn(await blinking(black, white, 3)), undefined);
    assert.equal(await flashesIn(await blinking(black, white, 1)), undefined);
  });

  it("is found across the place where a loop begins again, and only where it does", async () => {
    const two = [{ colour: black }, { colour: white }];
    assert.ok(await flashesIn(await drawnAnimation(two, 100)));
    assert.equal(await flashesIn(await drawnAnimation(two, 100, { loop: 1 })), undefined);
  });

  it("takes a change of a tenth of the luminance, where the darker is below 0.8", async () => {
    // Relative luminances: 0.214 for 127, 0.319 for 153, 0.296 for 148; 0.807 for 232, 1 for white; 0.791 for 230.
    assert.ok(await flashesIn(await blinking([127, 127, 127], [153, 153, 153], 5)));
    assert.equal(await flashesIn(await blinking([127, 127, 127], [148, 148, 148], 5)), undefined);
    assert.equal(await flashesIn(await blinking([232, 232, 232], white, 5)), undefined);
    assert.ok(await flashesIn(await blinking([230, 230, 230], white, 5)));
  });

  it("takes more than a quarter of a field of 341 by 256 CSS pixels", async () => {
    // 21,824 px: 148 × 148 is more, 144 × 148 is less.
    assert.ok(await flashesIn(await drawnAnimation(blinkingPart(148, 152), 100)));
    assert.equal(await flashesIn(await drawnAnimation(blinkingPart(144, 148), 100)), undefined);
    // At two pixels for each CSS pixel, it is a quarter of the size.
    assert.equal(await flashesIn(await drawnAnimation(blinkingPart(148, 152), 100), 2), undefined);
  });

  it("takes what flashes in one field alone: two parts far apart are none together", async () => {
    const part = (x: number, colour: Rgb) => ({ x, y: 0, width: 60, height: 240, colour });
    const frame = (colour: Rgb, x: number): DrawnFrame => ({
      colour: [128, 128, 128],
      inside: part(x, colour),
    });
    // Each has 14,400 px, and they are 600 px apart.
    const strip = await drawnAnimation(
      [frame(black, 0), frame(white, 0), frame(black, 700), frame(white, 700)],
      50,
      {
        width: 800,
      },
    );
    assert.equal(await flashesIn(strip), undefined);
  });

  it("is red where a saturated red comes and goes, however dim that is", async () => {
    // Luminances of 0.076 and 0.072: no general flash.
    const dim: Rgb = [160, 0, 0];
    const grey: Rgb = [76, 76, 76];
    assert.equal((await flashesIn(await blinking(dim, grey, 5)))?.kind, "red");
    assert.equal(await flashesIn(await blinking(dim, grey, 3)), undefined);
    // Not saturated: 0.7 of it is red.
    assert.equal(await flashesIn(await blinking([160, 76, 76], grey, 5)), undefined);
    assert.ok(await flashesIn(await blinking(red, black, 5)));
  });

  it("is none in a fade, nor in a pattern that is too fine to be seen as flashing", async () => {
    const fade = Array.from({ length: 40 }, (_, index): DrawnFrame => {
      const value = Math.round((index / 39) * 255);
      return { colour: [value, value, value] };
    });
    assert.equal(await flashesIn(await drawnAnimation(fade, 50, { loop: 1 })), undefined);
    // Squares of two pixels that change places: as much is bright as before.
    const [width, height] = [400, 300];
    const board = (phase: number) =>
      Buffer.from(
        Array.from({ length: width * height }, (_, index) => {
          const [x, y] = [index % width, Math.floor(index / width)];
          const value = ((x >> 1) + (y >> 1) + phase) % 2 === 0 ? 0 : 255;
          return [value, value, value];
        }).flat(),
      );
    const raw = { width, height: height * 2, channels: 3 as const, pageHeight: height };
    const fine = await sharp(Buffer.concat([board(0), board(1)]), { raw })
      .webp({ lossless: true, delay: [50, 50], loop: 0 })
      .toBuffer();
    assert.equal(await flashesIn(fine), undefined);
  });

  it("is counted by the time that browsers show a frame, where a file says none", async () => {
    // A delay of 10 ms is shown for 100: five flashes a second.
    const quick = await drawnAnimation([{ colour: black }, { colour: white }], 10, { as: "gif" });
    assert.deepEqual((await animationOf(quick))?.starts, [0, 100]);
    assert.ok(await flashesIn(quick));
  });
});

describe("an animation that flashes", () => {
  it("is told of with its first frame, and is a finding", async () => {
    const images = new PictureProcess("dist/pictureProcess.js");
    const bytes = await blinking(black, white, 5, { as: "gif" });
    const inspection = {
      languages: ["eng"],
      languageFolder: undefined,
      pixelRatio: 1,
      needs: textNeeds,
      coverSecrets: false,
    };
    const request = { bytes, name: "a.gif", limits: current, improve: false, inspection };
    const [whole, first, second] = [
      await images.prepare(request),
      await images.prepare({ ...request, part: { frame: 1 } }),
      await images.prepare({ ...request, part: { frame: 2 } }),
    ];
    assert.deepEqual(
      [whole, first, second].map(({ measurement }) => measurement?.flashing?.kind),
      ["general", "general", undefined],
    );
    assert.deepEqual(
      (await images.keyFrames(bytes, 8)).map(({ frame }) => frame),
      [1, 2],
    );
    assert.deepEqual(await images.keyFrames(await drawnAnimation([{ colour: red }], 100), 8), []);
    images.dispose();
    assert.ok(whole.measurement);
    const [finding] = measuredFindings(whole.measurement, { level: "AA", rulings: noRulings, named: [] });
    assert.deepEqual(
      [finding?.criterion?.number, finding?.impact, finding?.evidence],
      ["2.3.1", "critical", "measured"],
    );
  });
});

describe("the states of an animation", () => {
  const word = (x: number): DrawnFrame => ({
    colour: white,
    inside: { x, y: 50, width: 80, height: 20, colour: black },
  });

  it("are the frames that show something else than all before", async () => {
    const frames = [word(0), word(0), word(150), word(0), word(150), word(300)];
    for (const as of ["gif", "webp"] as const) {
      const bytes = await drawnAnimation(frames, 200, { as });
      const animation = await animationOf(bytes);
      assert.ok(animation);
      // Encoders join frames that are the same, and show the one for longer.
      const states = await findKeyFrames(bytes, animation, 8, () => undefined);
      assert.deepEqual(
        states.map(({ time }) => time),
        [0, 400, 1000],
        as,
      );
    }
  });

  it("are at most as many as are wanted", async () => {
    const frames = Array.from({ length: 20 }, (_, index) => word(index * 15));
    const bytes = await drawnAnimation(frames, 100);
    const animation = await animationOf(bytes);
    assert.ok(animation);
    const states = await findKeyFrames(bytes, animation, 5, () => undefined);
    assert.ok(states.length >= 1 && states.length <= 5, JSON.stringify(states));
  });

  it("are pictures of their own", async () => {
    const bytes = await drawnAnimation([{ colour: black }, { colour: white }, { colour: red }], 200);
    for (const [index, colour] of [black, white, red].entries()) {
      const picture = await openPicture(bytes, { part: { frame: index + 1 } });
      assert.match(picture.notes.join(), new RegExp(`frame ${index + 1} of 3`));
      const { data } = await readPixels(picture, picture);
      assert.deepEqual([...data.subarray(0, 3)], colour);
    }
    await refused(() => openPicture(bytes, { part: { frame: 4 } }), /has 3 frames: there is no frame 4/);
  });
});
