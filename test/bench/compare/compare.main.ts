import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openPicture } from "../../../src/image/open.js";
import type { Rgb } from "../../../src/image/palette.js";
import { readPixels } from "../../../src/image/prepare.js";
import { comparePictures } from "../../../src/measure/compare/compare.js";
import { heldOut, type Pair, pages, renderPage, throughJpeg } from "./render.js";
import { judge, type Outcome, table } from "./score.js";

/*
 * How well two pictures are compared: pages of our own, each changed by one rule at three strengths, and the same
 * pages drawn in other ways. Renderings are kept in a folder, so that only the comparing is repeated.
 */
const { values } = parseArgs({
  options: {
    cache: { type: "string", default: join(tmpdir(), "bench-compare") },
    /** Also those that are never looked at while tuning. */
    "held-out": { type: "boolean", default: false },
    page: { type: "string", multiple: true },
    rule: { type: "string", multiple: true },
    ratio: { type: "string" },
    format: { type: "string" },
    /** Only every so manieth pair. */
    every: { type: "string", default: "1" },
    /** Says of each pair that is not exact what was found. */
    verbose: { type: "boolean", default: false },
  },
});

const decoded = new Map<string, Rgb>();
async function pixelsOf(file: string): Promise<Rgb> {
  const known = decoded.get(file);
  if (known) return known;
  const picture = await openPicture(await readFile(file));
  const pixels = await readPixels(picture, picture);
  // Only the page as it was is needed again.
  if (file.includes("-before.")) decoded.set(file, pixels);
  return pixels;
}

async function outcomeOf(pair: Pair, format: "PNG" | "JPEG"): Promise<Outcome> {
  const [before, after] =
    format === "JPEG"
      ? [await throughJpeg(pair.before), await throughJpeg(pair.after)]
      : [pair.before, pair.after];
  const [one, other] = [await pixelsOf(before), await pixelsOf(after)];
  const start = performance.now();
  const comparison = await comparePictures(one, other);
  const outcome = judge(pair, format, comparison, performance.now() - start);
  if (values.verbose && !(outcome.exact && outcome.rightKind)) explain(outcome);
  return outcome;
}

const boxOf = (box: { x: number; y: number; width: number; height: number } | undefined): string =>
  box ? [box.x, box.y, box.width, box.height].map(Math.round).join(",") : "–";

function explain({ pair, format, all, exact, overlap }: Outcome): void {
  const { change, noise } = pair;
  const what = change ? `${change.rule} ${change.strength}` : noise;
  console.log(
    `${exact ? "KIND" : "MISS"} ${pair.page}@${pair.ratio} ${format} ${what} overlap ${overlap.toFixed(2)} truth ${(
      change?.truths ?? []
    )
      .slice(0, 1)
      .map((truth) => `${boxOf(truth.before)} → ${boxOf(truth.after)}`)
      .join(" | ")}`,
  );
  for (const { kind, before, after, by } of all.slice(0, 6))
    console.log(`       ${kind} ${boxOf(before)} → ${boxOf(after)}${by ? ` by ${by.x},${by.y}` : ""}`);
  if (all.length > 6) console.log(`       … ${all.length} in all`);
}

async function outcomesOf(names: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const name of names) {
    for (const ratio of [1, 2] as const) {
      if (values.ratio && values.ratio !== String(ratio)) continue;
      for (const [index, pair] of (await renderPage(values.cache, name, ratio)).entries()) {
        if (index % Number(values.every) !== 0) continue;
        if (values.rule && !values.rule.includes(pair.change?.rule ?? pair.noise ?? "")) continue;
        for (const format of ["PNG", "JPEG"] as const) {
          if (values.format && values.format !== format) continue;
          // Other drawing is compared as it is drawn; JPEG is a drawing of its own.
          if (pair.noise && format === "JPEG") continue;
          outcomes.push(await outcomeOf(pair, format));
        }
        if (pair.noise === "identical" && values.format !== "PNG") {
          const after = await throughJpeg(pair.after);
          outcomes.push(await outcomeOf({ ...pair, after, noise: "JPEG 90" }, "PNG"));
        }
      }
      decoded.clear();
    }
  }
  return outcomes;
}

const chosen = values.page ?? pages.filter((name) => !heldOut.includes(name));
const tuned = await outcomesOf(chosen);
console.log(`\nPages for tuning: ${chosen.join(", ")}\n${table(tuned)}`);
const times = tuned.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
console.log(
  `\nmedian ${times[times.length >> 1]?.toFixed(0)} ms, most ${times.at(-1)?.toFixed(0)} ms a pair`,
);
if (values["held-out"]) console.log(`\nHeld out: ${heldOut.join(", ")}\n${table(await outcomesOf(heldOut))}`);
