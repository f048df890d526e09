import { type Disposable, EventEmitter, window } from "vscode";
import { lazy } from "../../async/lazy.js";
import { historyView } from "../contributions.js";
import type { Features } from "../features.js";
import type { HistoryNode } from "./historyTree.js";

/** The view of past runs. What it shows is loaded when it is first looked at. */
export function registerHistory(features: () => Promise<Features>): Disposable[] {
  const changed = new EventEmitter<undefined>();
  const tree = lazy(async () => {
    const { tree: made } = await features();
    made.onDidChangeTreeData(() => changed.fire(undefined));
    return made;
  });
  const view = window.createTreeView<HistoryNode>(historyView, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (node) => (await tree()).getChildren(node),
      getTreeItem: async (node) => (await tree()).getTreeItem(node),
    },
  });
  // Other windows run, too.
  const shown = view.onDidChangeVisibility(({ visible }) => visible && changed.fire(undefined));
  return [changed, view, shown];
}
