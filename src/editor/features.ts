import type { ExtensionContext } from "vscode";
import { HistoryCommands } from "./history/historyCommands.js";
import { HistoryTree } from "./history/historyTree.js";
import { ResultPanels } from "./panel/resultPanels.js";
import type { Services } from "./services.js";
import { SpendPanel } from "./spend/spendPanel.js";
import { Tables } from "./tables/tables.js";

/** What the person sees of us. Made when the first command or view asks for it. */
export interface Features {
  services: Services;
  results: ResultPanels;
  tables: Tables;
  spend: SpendPanel;
  tree: HistoryTree;
  history: HistoryCommands;
}

export function createFeatures(context: ExtensionContext, services: Services): Features {
  const results = new ResultPanels(services);
  const tables = new Tables(services, results);
  const tree = new HistoryTree(services.history);
  context.subscriptions.push(
    tree,
    services.onDidRun(() => tree.refresh()),
    services.watch.onDidCollect((batches) => void tables.tell(batches)),
  );
  return {
    services,
    results,
    tables,
    spend: new SpendPanel(services.extension, services.ledger, services.log),
    tree,
    history: new HistoryCommands(services, results, tree),
  };
}
