import assert from "node:assert/strict";
import fc from "fast-check";
import { toOriginal } from "../../../src/image/geometry.js";
import { fits, fitWithin, patch, visualTokens } from "../../../src/image/limits.js";
import { limitsFor } from "../../../src/providers/anthropic/limits.js";
import { current, older } from "../../support/pictures.js";

const size = fc.record({
  width: fc.integer({ min: 1, max: 12_000 }),
  height: fc.integer({ min: 1, max: 12_000 }),
});
const limits = fc.constantFrom(current, older);

describe("image limits", () => {
  it("count tokens as the API does", () => {
    assert.equal(visualTokens({ width: 1920, height: 1080 }), 2691);
    assert.equal(visualTokens({ width: 2560, height: 1440 }), 4784);
    assert.equal(visualTokens({ width: 28, height: 29 }), 2);
  });

  it("know each family", () => {
    for (const model of [
      "claude-sonnet-5-5",
      "claude-haiku-5-5",
      "claude-opus-4-7",
      "claude-opus-4-8",
      "claude-fable-5-2",
    ])
      assert.deepEqual(limitsFor(model), current, model);
    for (const model of [
      "claude-sonnet-4-5",
      "claude-sonnet-4-5-20250929",
      "claude-opus-4-6",
      "claude-3-haiku-20240307",
      "somebody-elses",
    ])
      assert.deepEqual(limitsFor(model), older, model);
  });

  it("leave common screens alone and shrink a 4K one as documented", () => {
    assert.deepEqual(fitWithin({ width: 2560, height: 1440 }, current), { width: 2560, height: 1440 });
    const { width, height } = fitWithin({ width: 3840, height: 2160 }, current);
    assert.ok(
      width <= 2576 && width > 2540 && Math.abs(width / height - 16 / 9) < 0.01,
      `${width}x${height}`,
    );
  });

  it("always fit, never enlarge, keep the shape", () => {
    fc.assert(
      fc.property(size, limits, (original, most) => {
        const fitted = fitWithin(original, most);
        assert.ok(fits(fitted, most));
        assert.ok(fitted.width <= original.width && fitted.height <= original.height);
        assert.ok(fitted.width >= 1 && fitted.height >= 1);
        const expected = (fitted.width / original.width) * original.height;
        if (fitted.width >= fitted.height)
          assert.ok(Math.abs(fitted.height - expected) <= 1 || fitted.height === 1);
      }),
      { numRuns: 1000 },
    );
  });

  it("waste little: no larger size of the same shape would fit, but for a patch row saved", () => {
    fc.assert(
      fc.property(size, limits, (original, most) => {
        const fitted = fitWithin(original, most);
        if (fitted.width === original.width) return;
        const larger =
          Math.max(fitted.width, fitted.height) +
          Math.ceil(Math.max(fitted.width, fitted.height) * 0.02) +
          patch;
        const scale = larger / Math.max(original.width, original.height);
        if (scale > 1 || Math.min(fitted.width, fitted.height) < patch) return;
        const next = {
          width: Math.round(original.width * scale),
          height: Math.round(original.height * scale),
        };
        const gained = visualTokens(next) - visualTokens(fitted);
        assert.ok(!fits(next, most) || gained > 0);
      }),
    );
  });

  it("map places there and back", () => {
    const picture = { width: 3840, height: 2160 };
    const part = { scale: { x: 0.5, y: 0.5 }, offset: { x: 0, y: 1000 } };
    assert.deepEqual(toOriginal({ x: 10, y: 20, width: 30, height: 40 }, part, picture), {
      x: 20,
      y: 1040,
      width: 60,
      height: 80,
    });
    assert.deepEqual(toOriginal({ x: -50, y: 20, width: 100, height: 40 }, part, picture), {
      x: 0,
      y: 1040,
      width: 100,
      height: 80,
    });
    assert.equal(toOriginal({ x: 5000, y: 0, width: 10, height: 10 }, part, picture), undefined);
  });
});
