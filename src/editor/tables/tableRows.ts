import { Uri } from "vscode";
import { UserError } from "../../errors.js";
import type { RowView, ToTable } from "../../protocol/table.js";
import type { Table, TableRow, TableStore } from "../../store/tables.js";
import { workflows } from "../../workflows/index.js";
import { folderOf } from "../insert/folderOf.js";

/** Rows that changed are shown and written together. Milliseconds. */
const pause = 150;

export const titleOf = ({ workflow, folder, rows }: Table): string =>
  `${workflows[workflow].title}: ${rows.length} pictures${folder ? ` in ${folder}` : ""}`;

/** The rows of a table: what changes is shown, and kept. */
export class TableRows {
  private readonly toShow = new Set<number>();
  private readonly toKeep = new Set<number>();
  /** What a row is at. Not kept. */
  private readonly stages = new Map<number, string>();
  /** What is going on with all, in a sentence; undefined when nothing is. */
  private going: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly table: Table,
    private readonly store: TableStore,
    private readonly post: (message: ToTable) => void,
  ) {}

  get(at: number): TableRow {
    const row = this.table.rows[at];
    if (row) return row;
    throw new UserError({
      code: "wrongInput",
      problem: "There is no such row.",
      advice: "Close the table and open it again.",
    });
  }

  /** The places of the rows in these states. */
  in(...states: ReadonlyArray<TableRow["state"]>): number[] {
    return this.table.rows.flatMap(({ state }, at) => (states.includes(state) ? [at] : []));
  }

  set(at: number, change: Partial<TableRow>): void {
    this.table.rows[at] = { ...this.get(at), ...change };
    if (change.state !== "working") this.stages.delete(at);
    this.toKeep.add(at);
    this.show(at);
  }

  /** Says what a row is at. */
  stage(at: number, words: string): void {
    this.stages.set(at, words);
    this.show(at);
  }

  /** Says what is going on with all. */
  say(going: string | undefined): void {
    this.going = going;
    this.timer ??= setTimeout(() => this.flush(), pause);
  }

  showAll(): void {
    for (const at of this.table.rows.keys()) this.toShow.add(at);
    this.flush();
  }

  /** Shows and keeps at once what has changed. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = [...this.toShow].map((at) => ({ at, row: this.view(at) }));
    const kept = new Map([...this.toKeep].map((at) => [at, this.get(at)] as const));
    this.toShow.clear();
    this.toKeep.clear();
    this.post({ type: "view", view: this.header() });
    if (rows.length > 0) this.post({ type: "rows", rows });
    void this.store.update(this.table.id, kept);
  }

  private show(at: number): void {
    this.toShow.add(at);
    this.say(this.going);
  }

  private header() {
    const submitted = this.in("submitted").length;
    const waiting = submitted > 0 ? `${submitted} submitted at half price; answers arrive within a day.` : "";
    return {
      workflow: this.table.workflow,
      title: titleOf(this.table),
      going: this.going ?? waiting,
      canCancel: this.going !== undefined || submitted > 0,
    };
  }

  private view(at: number): RowView {
    const { name, source, state, findings, said, cost } = this.get(at);
    const folder = folderOf(Uri.parse(source, true));
    const words = state === "working" ? (this.stages.get(at) ?? "") : said;
    return { name, folder, state, findings, said: words, ...(cost === undefined ? {} : { cost }) };
  }
}
