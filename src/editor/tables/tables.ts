import { Uri, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from "vscode";
import { TableState } from "../../protocol/table.js";
import type { WorkflowId } from "../../report.js";
import type { Batch } from "../../store/batches/batchStore.js";
import type { Table, TableRow } from "../../store/tables.js";
import { tableType } from "../contributions.js";
import { folderOf } from "../insert/folderOf.js";
import { inert, showInfo } from "../notify.js";
import { showPage } from "../pages/pageHtml.js";
import type { ResultPanels } from "../panel/resultPanels.js";
import type { Services } from "../services.js";
import { TablePanel, type When } from "./tablePanel.js";
import { titleOf } from "./tableRows.js";

/** All tables of many pictures. */
export class Tables implements WebviewPanelSerializer {
  private readonly open = new Map<string, TablePanel>();

  constructor(
    private readonly services: Services,
    private readonly results: ResultPanels,
  ) {}

  /** Runs a workflow on many pictures, in a new table. */
  async run(
    workflow: WorkflowId,
    uris: readonly Uri[],
    { offline, when }: { offline: boolean; when: When },
  ): Promise<void> {
    const rows = uris.map((uri): TableRow => {
      const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
      return { source: uri.toString(), name, state: "waiting", findings: {}, said: "" };
    });
    await this.runRows(workflow, rows, { offline, when, folder: commonFolder(uris) });
  }

  /** Runs a workflow on what the rows of a new table say. */
  async runRows(
    workflow: WorkflowId,
    rows: TableRow[],
    { offline, when, folder }: { offline: boolean; when: When; folder: string },
  ): Promise<void> {
    const head = { workflow, time: new Date().toISOString(), folder, offline };
    const id = await this.services.tables.create(head, rows);
    const table: Table = { ...head, id, rows };
    const panel = window.createWebviewPanel(tableType, titleOf(table), ViewColumn.Active, {});
    await this.adopt(panel, table).start(when);
  }

  /** Lets the person open a table again. */
  async pick(): Promise<void> {
    const tables = await this.services.tables.list();
    if (tables.length === 0) return showInfo("No workflow was run on many pictures yet.");
    const items = tables.map((table) => {
      const waiting = table.rows.filter(({ state }) => state === "submitted").length;
      const time = new Date(table.time).toLocaleString();
      return {
        label: titleOf(table),
        description: waiting > 0 ? `${time}, ${waiting} submitted` : time,
        table,
      };
    });
    const chosen = await window.showQuickPick(items, { title: "Open a Table of Pictures" });
    if (chosen) await this.show(chosen.table);
  }

  /** Says that answers have arrived, where no open table shows them. */
  async tell(batches: readonly Batch[]): Promise<void> {
    const keys = new Set(batches.flatMap(({ items }) => [...items.keys()]));
    const waiting = (await this.services.tables.list()).find(
      ({ id, rows }) =>
        !this.open.has(id) && rows.some(({ runKey }) => runKey !== undefined && keys.has(runKey)),
    );
    if (!waiting) return;
    const open = "Open Table";
    const message = `Answers have arrived: ${titleOf(waiting)}.`;
    if ((await window.showInformationMessage(inert(message), open)) === open) await this.show(waiting);
  }

  /** After a reload: the table is found by its id. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const parsed = TableState.safeParse(state);
    const table = parsed.success ? await this.services.tables.find(parsed.data.tableId) : undefined;
    if (!table) return panel.dispose();
    await this.adopt(panel, table).restore();
  }

  private async show(table: Table): Promise<void> {
    const existing = this.open.get(table.id);
    if (existing) return existing.reveal();
    const panel = window.createWebviewPanel(tableType, titleOf(table), ViewColumn.Active, {});
    await this.adopt(panel, table).restore();
  }

  private adopt(panel: WebviewPanel, table: Table): TablePanel {
    const { extension } = this.services;
    panel.iconPath = {
      light: Uri.joinPath(extension, "media", "icons", "menu-light.svg"),
      dark: Uri.joinPath(extension, "media", "icons", "menu-dark.svg"),
    };
    const state: TableState = { tableId: table.id };
    showPage(panel.webview, extension, { scripts: ["table.js"], state });
    const shown = new TablePanel(panel, table, this.services, this.results, () => this.open.delete(table.id));
    this.open.set(table.id, shown);
    return shown;
  }
}

function commonFolder(uris: readonly Uri[]): string {
  const folders = new Set(uris.map(folderOf));
  const [only = ""] = folders;
  return folders.size === 1 ? only : "";
}
