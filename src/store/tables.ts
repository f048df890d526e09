import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { RowState } from "../protocol/table.js";
import { Impact, Report } from "../report.js";
import { Journal } from "./journal.js";
import type { Storage } from "./storage.js";

/** One of many pictures, as far as it has come. */
export const TableRow = z.object({
  /** Where it is, as a URI. */
  source: z.string(),
  name: z.string(),
  state: RowState,
  /** Once it was read. */
  sha256: z.string().optional(),
  /** Of a question in a batch. */
  hash: z.string().optional(),
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

const Line = z.discriminatedUnion("type", [
  TableHead.extend({ type: z.literal("head") }),
  TableRow.extend({ type: z.literal("row"), at: z.number().int().nonnegative() }),
]);

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
    const lines = rows.map((row, at) => ({ type: "row" as const, at, ...row }));
    await this.storage.attempt(
      () => this.journal(id).append([{ type: "head", ...head }, ...lines]),
      undefined,
    );
    return id;
  }

  async update(id: string, changed: ReadonlyMap<number, TableRow>): Promise<void> {
    const lines = [...changed].map(([at, row]) => ({ type: "row" as const, at, ...row }));
    if (lines.length > 0) await this.storage.attempt(() => this.journal(id).append(lines), undefined);
  }

  async find(id: string): Promise<Table | undefined> {
    let head: TableHead | undefined;
    const rows: TableRow[] = [];
    for (const line of await this.journal(id).readNew()) {
      if (line.type === "head") head = line;
      else {
        const { type: _, at, ...row } = line;
        rows[at] = row;
      }
    }
    return head && { ...head, id, rows: rows.filter((row) => row !== undefined) };
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
