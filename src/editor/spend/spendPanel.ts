import { Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import { provider } from "../../app/provider.js";
import type { Channel } from "../../protocol/channel.js";
import { FromSpend, type SpendRow, type ToSpend } from "../../protocol/spend.js";
import { csv } from "../../render/csv.js";
import { dayOf, type Ledger } from "../../store/ledger/ledger.js";
import { cacheShare, describeJump, jumpsIn, type Spend, spendOf } from "../../store/ledger/spend.js";
import { spendType } from "../contributions.js";
import { saveBytes } from "../insert/insert.js";
import type { Log } from "../log.js";
import { showStatus } from "../notify.js";
import { openChannel, startMessage } from "../pages/openChannel.js";
import { showPage } from "../pages/pageHtml.js";
import { settings } from "../settings.js";
import { raiseBudget } from "./budget.js";

/** What was spent, by day, workflow and model; one panel. */
export class SpendPanel {
  private panel: WebviewPanel | undefined;

  constructor(
    private readonly extension: Uri,
    private readonly ledger: Ledger,
    private readonly log: Log,
  ) {}

  show(): void {
    if (this.panel) return this.panel.reveal();
    const panel = window.createWebviewPanel(spendType, "Screenshot Spend", ViewColumn.Active, {});
    panel.iconPath = Uri.joinPath(this.extension, "media", "icons", "icon.png");
    showPage(panel.webview, this.extension, { scripts: ["spend.js"] });
    const channel: Channel<FromSpend, ToSpend> = openChannel(panel, this.log, {
      incoming: FromSpend,
      receive: (message) => this.act(message, channel),
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.onDidChangeViewState(() => void (panel.visible && this.post(channel)));
    this.panel = panel;
  }

  private async act({ type }: FromSpend, channel: Channel<FromSpend, ToSpend>): Promise<void> {
    if (type === "ready") channel.send(startMessage());
    if (type === "export") return this.export();
    if (type === "raiseBudget") await raiseBudget("budget.daily");
    await this.post(channel);
  }

  private async post(channel: Channel<FromSpend, ToSpend>): Promise<void> {
    const spend = spendOf(await this.ledger.all());
    const { daily } = settings.caps();
    channel.send({
      type: "spend",
      rows: spend.map(rowOf),
      ...(Number.isFinite(daily) ? { budget: daily } : {}),
      today: dayOf(new Date()),
      warnings: jumpsIn(spend, dayOf(new Date())).map(describeJump),
      pricesAsOf: provider.pricesAsOf,
    });
  }

  private async export(): Promise<void> {
    const spend = spendOf(await this.ledger.all());
    const head =
      "day,workflow,model,requests,input tokens,cache write tokens,cache read tokens,output tokens,thinking tokens,cache share,visual tokens,visual tokens a request,US$,US$ open at most";
    const rows = spend.map((row) => {
      const { input, cacheWrite, cacheRead, output, thinking } = row.usage;
      const tokens = [row.requests, input, cacheWrite, cacheRead, output, thinking].map(String);
      const average = Math.round(row.visualTokens / row.requests);
      return [
        row.day,
        row.workflow,
        row.model,
        ...tokens,
        cacheShare(row.usage).toFixed(3),
        String(row.visualTokens),
        String(average),
        row.cost.toFixed(6),
        row.open.toFixed(6),
      ];
    });
    const text = csv([head.split(","), ...rows]);
    const folder = workspace.workspaceFolders?.[0]?.uri;
    if (await saveBytes(new TextEncoder().encode(text), "screenshot-spend.csv", "CSV", folder))
      showStatus("The spend was exported.");
  }
}

const rowOf = ({ usage, ...row }: Spend): SpendRow => ({ ...row, ...usage });
