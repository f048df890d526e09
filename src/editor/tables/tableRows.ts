import { Uri } from "vscode";
import { UserError } from "../../errors.js";
import type { RowView, ToTable } from "../../protocol/table.js";
import { summaryFormats } from "../../render/formats.js";
import { gitPlaceOf } from "../../sources/git.js";
import type { Table, TableRow, TableStore } from "../../store/tables.js";
import { workflowOf } from "../../workflows/index.js";
import { folderOf } from "../insert/folderOf.js";

/** Rows that changed are shown and written together. Milliseconds. */
const pause = 150;

export const titleOf = ({ workflow, folder, rows }: Table): string =>
  `${workflowOf(workflow).title}: ${rows.length} pictures${folder ? ` in ${folder}` : ""}`;

/** The rows of a table: what changes is shown, and kept. */
export class TableRows {
  private readonly toShow = new Set<number>();
  private readonly toKeep = new Set<number>();
  /** What a row is at. Not kept. */
  private readonly stages = new Map<number, string>();
  /** How far all are, in a sentence; undefined when nothing is going on. */
  private progress: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly table: Table,
    private readonly store: TableStore,
    private readonly post: (message: ToTable) => void,
  ) {}

  get(index: number): TableRow {
    const row = this.table.rows[index];
    if (row) return row;
    throw new UserError({
      code: "wrongInput",
      problem: "There is no such row.",
      advice: "Close the table and open it again.",
    });
  }

  /** The places of the rows in these states. */
  in(...states: ReadonlyArray<TableRow["state"]>): number[] {
    return this.table.rows.flatMap(({ state }, index) => (states.includes(state) ? [index] : []));
  }

  set(index: number, change: Partial<TableRow>): void {
    this.table.rows[index] = { ...this.get(index), ...change };
    if (change.state !== "working") this.stages.delete(index);
    this.toKeep.add(index);
    this.show(index);
  }

  /** Says what a row is at. */
  stage(index: number, words: string): void {
    this.stages.set(index, words);
    this.show(index);
  }

  /** Says how far all are; undefined when nothing is going on. */
  showProgress(progress: string | undefined): void {
    this.progress = progress;
    this.timer ??= setTimeout(() => this.flush(), pause);
  }

  showAll(): void {
    for (const index of this.table.rows.keys()) this.toShow.add(index);
    this.flush();
  }

  /** Shows and keeps at once what has changed. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = [...this.toShow].map((index) => ({ index, row: this.view(index) }));
    const kept = new Map([...this.toKeep].map((index) => [index, this.get(index)] as const));
    this.toShow.clear();
    this.toKeep.clear();
    this.post({ type: "view", view: this.header() });
    if (rows.length > 0) this.post({ type: "rows", rows });
    void this.store.update(this.table.id, kept);
  }

  private show(index: number): void {
    this.toShow.add(index);
    this.showProgress(this.progress);
  }

  private header() {
    const submitted = this.in("submitted").length;
    const waiting = submitted > 0 ? `${submitted} submitted at half price; answers arrive within a day.` : "";
    return {
      workflow: this.table.workflow,
      title: titleOf(this.table),
      progress: this.progress ?? waiting,
      formats: summaryFormats(this.table.workflow).map(({ id, title }) => ({ id, title })),
      canCancel: this.progress !== undefined || submitted > 0,
    };
  }

  private view(index: number): RowView {
    const { name, source, state, findings, said, cost } = this.get(index);
    const folder = source === "" || gitPlaceOf(source) ? "" : folderOf(Uri.parse(source, true));
    const words = state === "working" ? (this.stages.get(index) ?? "") : said;
    return { name, folder, state, findings, summary: words, ...(cost === undefined ? {} : { cost }) };
  }
}
