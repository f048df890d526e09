import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { RowState } from "../protocol/table.js";
import { Impact, Report } from "../report.js";
import { PictureId } from "../sources/picture.js";
import { Journal } from "./journal.js";
import { RunKey } from "./runs/askSettings.js";
import type { Storage } from "./storage.js";

/** One of many pictures, as far as it has come. */
export const TableRow = z.object({
  /** Where it is, as a URI; empty for a row that could not be read. */
  source: z.string(),
  /** What it is compared with, as a URI or a place in git. */
  before: z.string().optional(),
  /** Of a comparison: there is nothing to compare it with. */
  alone: z.enum(["added", "removed"]).optional(),
  name: z.string(),
  state: RowState,
  /** Once it was read. */
  picture: PictureId.optional(),
  /** Of the run that the row shows, or whose answer it waits for. Absent in a row of an older version. */
  runKey: RunKey.optional(),
  findings: z.partialRecord(Impact, z.number()),
  /** The result in a sentence, or why there is none. */
  said: z.string(),
  /** US$; absent when nothing was sent. */
  cost: z.number().optional(),
});
export type TableRow = z.infer<typeof TableRow>;

const TableHead = z.object({
  workflow: Report.shape.workflow,
  /** ISO 8601. */
  time: z.string(),
  folder: z.string(),
  /** Measured alone. */
  offline: z.boolean(),
});
export type TableHead = z.infer<typeof TableHead>;

const Index = z.number().int().nonnegative();
const Line = z.union([
  TableHead.extend({
    type: z.literal("head"),
    /** Of its rows; absent in a table of an older version. */
    count: Index.optional(),
  }),
  TableRow.extend({ type: z.literal("row"), index: Index }),
  // Of an older version, which named a picture by its hash and no run.
  TableRow.omit({ picture: true, runKey: true })
    .extend({ type: z.literal("row"), at: Index, sha256: PictureId.optional() })
    .transform(({ at, sha256, ...row }): TableRow & { type: "row"; index: number } => ({
      ...row,
      index: at,
      ...(sha256 === undefined ? {} : { picture: sha256 }),
    })),
]);

/** What stands in the place of a row whose line cannot be read, so that the others keep their places. */
const unreadableRow: TableRow = {
  source: "",
  name: "?",
  state: "failed",
  findings: {},
  said: "What was kept of this row cannot be read: run its picture again.",
};

/** A command on many pictures. */
export interface Table extends TableHead {
  id: string;
  rows: TableRow[];
}

/** Commands on many pictures and how far they have come, so that nothing of them is lost with the window. */
export class TableStore {
  constructor(private readonly storage: Storage) {}

  async create(head: TableHead, rows: readonly TableRow[]): Promise<string> {
    const id = randomUUID();
    const lines = rows.map((row, index) => ({ type: "row" as const, index, ...row }));
    await this.storage.tryOr(
      () => this.journal(id).append([{ type: "head", ...head, count: rows.length }, ...lines]),
      undefined,
    );
    return id;
  }

  async update(id: string, changed: ReadonlyMap<number, TableRow>): Promise<void> {
    const lines = [...changed].map(([index, row]) => ({ type: "row" as const, index, ...row }));
    if (lines.length > 0) await this.storage.tryOr(() => this.journal(id).append(lines), undefined);
  }

  async find(id: string): Promise<Table | undefined> {
    let head: TableHead | undefined;
    let count = 0;
    const rows = new Map<number, TableRow>();
    for (const line of await this.journal(id).readNew()) {
      if (line.type === "head") {
        const { type: _, count: counted = 0, ...rest } = line;
        head = rest;
        count = counted;
      } else {
        const { type: _, index, ...row } = line;
        rows.set(index, row);
      }
    }
    const length = [...rows.keys()].reduce((most, index) => Math.max(most, index + 1), count);
    const all = Array.from({ length }, (_, index) => rows.get(index) ?? unreadableRow);
    return head && { ...head, id, rows: all };
  }

  /** All that are kept, the latest first. */
  async list(): Promise<Table[]> {
    const names = await readdir(this.storage.path("tables")).catch(() => []);
    const tables = await Promise.all(names.map((name) => this.find(name.replace(/\.jsonl$/, ""))));
    return tables.flatMap((table) => table ?? []).sort((a, b) => (a.time < b.time ? 1 : -1));
  }

  async prune(before: Date): Promise<void> {
    for (const name of await readdir(this.storage.path("tables")).catch(() => [])) {
      const file = this.storage.path("tables", name);
      if ((await stat(file)).mtime < before) await rm(file, { force: true });
    }
  }

  private journal = (id: string) => new Journal(this.storage.path("tables", `${id}.jsonl`), Line);
}
