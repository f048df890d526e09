import { writeFileSync } from "node:fs";
import { allOutcomes, formatsDocument, isWrong } from "../support/formats/table.js";

/** Writes every kind of file, reads it, and prints what differs: `npm run bench:pictures`, with `-- --write` for the document. */
const rows = await allOutcomes();
const wrong = rows.filter(isWrong);
console.table(
  rows.map(({ of: { format, variant, tolerance = 0 }, what, off }) => ({
    format,
    variant,
    off,
    tolerance,
    what: what.slice(0, 60),
  })),
);
console.log(`${rows.length} kinds, ${wrong.length} shown wrong.`);
for (const {
  of: { format, variant, tolerance = 0 },
  off,
} of wrong)
  console.log(`${format}, ${variant}: off by ${off}, at most ${tolerance} expected`);
if (process.argv.includes("--write")) writeFileSync("docs/formats.md", formatsDocument(rows));
