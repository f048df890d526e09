import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import { dayOf, type Ledger } from "../../store/ledger/ledger.js";
import { describeJump, jumpsIn, spendOf } from "../../store/ledger/spend.js";
import { dollars } from "../../text/dollars.js";
import { commandId } from "../contributions.js";
import type { Log } from "../log.js";
import { showInfo } from "../notify.js";
import { settings } from "../settings.js";

/** Other windows and the command line spend, too. Milliseconds. */
const lookEvery = 60_000;

/** What was spent today, in the status bar; a jump in the size of pictures is said, once a day. */
export class SpendStatus implements Disposable {
  private readonly item: StatusBarItem;
  private readonly timer: NodeJS.Timeout;
  private readonly said = new Set<string>();
  /** When jumps were last looked for. */
  private requestsThen = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly log: Log,
  ) {
    this.item = window.createStatusBarItem("screenshotWorkbench.spend", StatusBarAlignment.Right, 50);
    this.item.name = "Screenshot Workbench: Spend";
    this.item.command = commandId("showSpend");
    this.timer = setInterval(() => this.refresh(), lookEvery);
    this.timer.unref();
    this.refresh();
  }

  refresh(): void {
    this.show().catch((error: unknown) => this.log.error("The spend could not be shown", error));
  }

  dispose(): void {
    clearInterval(this.timer);
    this.item.dispose();
  }

  private async show(): Promise<void> {
    const { spent, open, requests } = await this.ledger.today();
    if (requests === 0) return this.item.hide();
    const { daily } = settings.caps();
    const known = dollars(spent);
    this.item.text = `$(file-media) ${known}`;
    this.item.accessibilityInformation = { label: `Screenshots: ${known} spent today` };
    this.item.tooltip = [
      `Spent today on ${requests} requests: ${known}`,
      ...(open > 0.00005 ? [`Up to ${dollars(open)} more is not settled yet`] : []),
      ...(Number.isFinite(daily) ? [`Budget: ${dollars(daily)}`] : []),
    ].join("\n");
    this.item.show();
    await this.sayJumps(requests);
  }

  private async sayJumps(requests: number): Promise<void> {
    // All days are read for it: not after every request. The next day has fewer.
    if (Math.abs(requests - this.requestsThen) < 5) return;
    this.requestsThen = requests;
    const today = dayOf(new Date());
    for (const jump of jumpsIn(spendOf(await this.ledger.all()), today)) {
      const key = `${today}/${jump.workflow}`;
      if (this.said.has(key)) continue;
      this.said.add(key);
      showInfo(describeJump(jump));
    }
  }
}
