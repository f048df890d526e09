import sharp from "sharp";
import type { Box } from "../../../src/report.js";
import { drawn } from "../../support/drawn.js";
import { endOcr, measured } from "../../support/measured.js";
import { harmless, kinds, pick, randomFrom } from "./kinds.js";
import { type Shape, shapes } from "./shapes.js";

/**
 * Draws secrets of every kind and in every shape, and prints how many are covered: `npm run bench:secrets`, with
 * `-- --count N` for another number of each than a hundred, `-- --only WORDS` for the rows that have them,
 * `-- --harmless N` for another number of harmless screens than twice as many, and `-- --show` for what was read of
 * those that are not covered.
 */
const option = (name: string): string | undefined => {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
};
const count = Number(option("--count") ?? 100);
const only = option("--only") ?? "";
const shows = process.argv.includes("--show");
/** Secrets in one picture. */
const perPicture = 10;

interface Tally {
  covered: number;
  partly: number;
  missed: number;
}

/** Draws secrets, and counts how much of each one's ink is covered. */
async function tally(
  shape: Shape,
  makers: ReadonlyArray<() => { before: string; secret: string }>,
): Promise<Tally> {
  const sums: Tally = { covered: 0, partly: 0, missed: 0 };
  for (let from = 0; from < count; from += perPicture) {
    const some = Array.from({ length: Math.min(perPicture, count - from) }, (_, index) => {
      const maker = makers[(from + index) % makers.length];
      return maker ? maker() : { before: "", secret: "" };
    });
    const isTall = shape.cell.height > shape.cell.width;
    const [width, height] = isTall
      ? [shape.cell.width * some.length, shape.cell.height]
      : [shape.cell.width, shape.cell.height * some.length];
    const cells = some.map(({ before, secret }, index) => {
      const place = isTall ? `${index * shape.cell.width} 0` : `0 ${index * shape.cell.height}`;
      const under = shape.under?.(shape.cell.width) ?? "";
      return {
        whole: `<g transform="translate(${place})">${under}${shape.draw(before, secret, false)}</g>`,
        own: `<g transform="translate(${place})">${shape.draw(before, secret, true)}</g>`,
      };
    });
    const { secrets, texts } = await measured(
      await drawn(cells.map(({ whole }) => whole).join(""), width, height, shape.ground),
    );
    for (const [index, { own }] of cells.entries()) {
      const became = outcome(await inkOf(own, width, height), width, secrets);
      sums[became]++;
      if (!shows || became === "covered") continue;
      const { before = "", secret = "" } = some[index] ?? {};
      const at = ({ box }: { box: Box }) =>
        Math.floor(
          isTall ? (box.x + box.width / 2) / shape.cell.width : (box.y + box.height / 2) / shape.cell.height,
        );
      const read = texts.filter((text) => at(text) === index).map(({ text }) => text);
      console.log(`  ${became}: ${before}${secret}\n    read as ${JSON.stringify(read)}`);
    }
  }
  return sums;
}

async function inkOf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`;
  return sharp(Buffer.from(whole)).extractChannel("alpha").raw().toBuffer();
}

function outcome(
  ink: Uint8Array,
  width: number,
  found: ReadonlyArray<{ box: { x: number; y: number; width: number; height: number } }>,
): keyof Tally {
  let [all, hidden] = [0, 0];
  for (const [index, alpha] of ink.entries()) {
    if (alpha < 128) continue;
    all++;
    const [x, y] = [index % width, Math.floor(index / width)];
    const isHidden = found.some(
      ({ box }) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height,
    );
    if (isHidden) hidden++;
  }
  const share = all === 0 ? 1 : hidden / all;
  return share >= 0.98 ? "covered" : share > 0.05 ? "partly" : "missed";
}

const rows: Array<{ row: string } & Tally> = [];
const report = (row: string, sums: Tally) => {
  rows.push({ row, ...sums });
  console.log(
    `${row.padEnd(28)} covered ${sums.covered}, partly ${sums.partly}, missed ${sums.missed} of ${count}`,
  );
};

const { plain } = shapes;
if (!plain) throw new Error("There is no plain shape");
for (const [name, maker] of Object.entries(kinds))
  if (name.includes(only)) report(name, await tally(plain, [maker]));
const common = ["e-mail address", "card number", "bank account", "key with a prefix", "password: …"];
const makers = common.flatMap((name) => kinds[name] ?? []);
for (const [name, shape] of Object.entries(shapes))
  if (name.includes(only)) report(name, await tally(shape, makers));

if ("harmless".includes(only)) {
  const screens = Number(option("--harmless") ?? count * 2);
  const random = randomFrom(7);
  let wrong = 0;
  for (let screen = 0; screen < screens; screen++) {
    const lines = Array.from(
      { length: 12 },
      () => harmless[Math.floor(random() * harmless.length)]?.() ?? "",
    );
    const ink = pick(["#000000", "#57606a"]);
    const texts = lines.map(
      (words, index) =>
        `<text x="16" y="${30 + index * 30}" font-family="DejaVu Sans" font-size="15" fill="${ink}">${words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`,
    );
    const { secrets } = await measured(await drawn(texts.join(""), 760, 400));
    if (secrets.length > 0) wrong++;
  }
  console.log(
    `false covers on ${wrong} of ${screens} harmless screens (${((wrong / screens) * 100).toFixed(1)} %)`,
  );
}
const poor = rows.filter(({ covered }) => covered < count * 0.95).map(({ row }) => row);
console.log(poor.length === 0 ? "Each is covered in 95 of 100." : `Below 95 of 100: ${poor.join(", ")}.`);
await endOcr();
