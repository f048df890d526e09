import { type Disposable, EventEmitter, window } from "vscode";
import { historyView } from "../contributions.js";
import type { HistoryNode, HistoryTree } from "./historyTree.js";

/** The view of past runs. What it shows is loaded when it is first looked at. */
export function registerHistory(load: () => Promise<HistoryTree>): Disposable[] {
  const changed = new EventEmitter<undefined>();
  let loaded: Promise<HistoryTree> | undefined;
  const tree = () => {
    loaded ??= load().then((made) => {
      made.onDidChangeTreeData(() => changed.fire(undefined));
      return made;
    });
    return loaded;
  };
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
