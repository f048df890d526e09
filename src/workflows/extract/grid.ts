import type { Measurement } from "../../measure/measurement.js";
import type { Box, Grid, GridCell, GridTable } from "../../report.js";
import { checkDigitsOf, sumsOf } from "./arithmetic.js";
import { columnKeys } from "./corrections.js";
import { freshHoles, type Json, keysOf, pointerOf, setAt } from "./pointer.js";
import { dateOf, numberOf } from "./printed.js";
import { witnessRows } from "./rows.js";
import type { ExtractAnswer, ExtractedTable, ExtractedValue, ValueType } from "./schema.js";
import { type SchemaNode, typesAt } from "./userSchema.js";
import { type Witness, witness } from "./witness.js";
import { type Word, wordsOf } from "./words.js";

/** A box of a part of the picture in pixels of the original; undefined when it is nowhere. */
type Place = (part: number, box: Box) => Box | undefined;

/** Everything that an answer is read with. */
interface Reading {
  answer: ExtractAnswer;
  place: Place;
  words: readonly Word[];
  unread: readonly Box[];
  schema: SchemaNode | undefined;
}

/**
 * An answer as data: each value with what it stands for, its place, and what OCR says of it.
 *
 * @returns `misplaced`: paths at which nothing can be kept
 */
export function gridOf(
  answer: ExtractAnswer,
  place: Place,
  { texts }: Measurement,
  schema: SchemaNode | undefined,
): { grid: Grid; misplaced: string[] } {
  const reading: Reading = {
    answer,
    place,
    words: wordsOf(texts),
    unread: texts.filter(({ text }) => text.trim() === "").map(({ box }) => box),
    schema,
  };
  const fields = answer.values.flatMap((value) => fieldOf(value, reading) ?? []);
  const tables = answer.tables.flatMap((table) => tableOf(table, reading) ?? []);
  const data: { [key: string]: Json } = {};
  const holes = freshHoles();
  const misplaced = [...answer.values, ...answer.tables]
    .filter(({ path }) => keysOf(path) === undefined)
    .map(({ path }) => path);
  for (const cell of [...fields, ...tables.flatMap(({ rows }) => rows.flat())]) {
    const keys = keysOf(cell.path);
    if (!keys || !setAt(data, keys, cell.value, holes)) misplaced.push(cell.path);
  }
  return { grid: { fields, tables, checks: checksOf(fields, tables), data }, misplaced };
}

function fieldOf(
  { path, type, text, confidence, part, box }: ExtractedValue,
  reading: Reading,
): GridCell | undefined {
  const keys = keysOf(path);
  if (!keys) return undefined;
  const claimed = reading.place(part, box);
  // A tick is drawn, not written.
  const seen: Witness = { evidence: "seen", ...(claimed ? { box: claimed } : {}) };
  const weighed = type === "checkbox" ? seen : witness({ text, box: claimed }, reading.words, reading.unread);
  return { path, text, value: meaningOf(text, type, keys, reading), confidence, ...weighed };
}

function tableOf(
  { path, columns, rows, isEstimated }: ExtractedTable,
  reading: Reading,
): GridTable | undefined {
  const start = keysOf(path);
  if (!start) return undefined;
  const claimed = rows.map(({ cells, part, box }) => ({ cells, box: reading.place(part, box) }));
  const witnesses = witnessRows(claimed, reading.words, reading.unread);
  return {
    path,
    columns: columns.map(({ name }) => name),
    isEstimated,
    rows: rows.map(({ cells, confidence }, row) =>
      columns.map(({ name, type }, column): GridCell => {
        const keys = [...start, String(row), ...columnKeys({ columns }, name)];
        const text = cells[column] ?? "";
        // What is read off an axis stands nowhere in print: another number there denies nothing.
        const isGuess = isEstimated && type === "number";
        const own = witnesses[row]?.[column] ?? { evidence: "seen" as const };
        const weighed: Witness =
          isGuess && own.evidence !== "confirmed"
            ? { evidence: "seen", ...(claimed[row]?.box ? { box: claimed[row].box } : {}) }
            : own;
        return {
          path: pointerOf(keys),
          text,
          value: meaningOf(text, type, keys, reading),
          confidence: isGuess && confidence === "high" ? "medium" : confidence,
          ...weighed,
        };
      }),
    ),
  };
}

/** What a printed text stands for: as the schema asks for it, else as the answer calls it. */
function meaningOf(
  text: string,
  type: ValueType,
  keys: readonly string[],
  { answer, schema }: Reading,
): Json {
  const { types, format } = schema ? typesAt(schema, keys) : { types: [] };
  const plain = text.trim();
  if (plain === "") return types.includes("string") ? "" : null;
  const number = numberOf(plain, answer.numbers);
  const date = dateOf(plain, answer.dates);
  const tick = /^(yes|true|x|✓|✔|☑|1)$/i.test(plain)
    ? true
    : /^(no|false|☐|0)$/i.test(plain)
      ? false
      : undefined;
  if (types.includes("boolean") && tick !== undefined) return tick;
  if ((types.includes("number") || types.includes("integer")) && number !== undefined) return number;
  if (types.length > 0) return format === "date" && date !== undefined ? date : plain;
  switch (type) {
    case "number":
      return number ?? plain;
    case "date":
      return date ?? plain;
    case "checkbox":
      return tick ?? plain;
    case "text":
      return plain;
  }
}

function checksOf(fields: readonly GridCell[], tables: readonly GridTable[]) {
  const numberIn = (cell: GridCell | undefined) => (typeof cell?.value === "number" ? cell.value : undefined);
  const column = (path: string, name: string): number[] | undefined => {
    const table = tables.find((one) => one.path === path);
    const index = table?.columns.indexOf(name) ?? -1;
    const numbers = table?.rows.map((row) => numberIn(row[index])) ?? [];
    const all = numbers.flatMap((number) => number ?? []);
    return index < 0 || all.length < numbers.length ? undefined : all;
  };
  const sums = sumsOf({
    at: (path) => {
      const cell = fields.find((field) => field.path === path);
      // A rate may be printed as a text with its sign.
      return numberIn(cell) ?? (cell && numberOf(cell.text, "none"));
    },
    column,
    tables: tables.filter(({ isEstimated }) => !isEstimated).map(({ path }) => path),
  });
  const digits = fields.flatMap(
    ({ path, text }) => checkDigitsOf(path, path.slice(path.lastIndexOf("/") + 1), text) ?? [],
  );
  return [...sums, ...digits];
}
