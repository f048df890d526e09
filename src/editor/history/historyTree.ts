import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from "vscode";
import { impacts } from "../../report.js";
import type { History } from "../../store/runs/history.js";
import { fileOf, type RunState, type RunSummary } from "../../store/runs/runSummary.js";
import { dollars } from "../../text/dollars.js";
import { findWorkflow } from "../../workflows/index.js";
import { commandId } from "../contributions.js";
import { folderOf } from "../insert/folderOf.js";

/** A picture with its runs, or one of them; a picture's only run stands for both. */
export type HistoryNode = { picture: RunSummary; runs: RunSummary[] } | { run: RunSummary; isOnly: boolean };

const icons: Record<RunState, ThemeIcon> = {
  done: new ThemeIcon("pass", new ThemeColor("testing.iconPassed")),
  review: new ThemeIcon("eye", new ThemeColor("list.warningForeground")),
  failed: new ThemeIcon("error", new ThemeColor("list.errorForeground")),
  old: new ThemeIcon("history"),
};

export const stateWords: Record<RunState, string> = {
  done: "done",
  review: "needs review",
  failed: "failed",
  old: "kept by an older version",
};

/** Past runs by picture, the latest first. */
export class HistoryTree implements TreeDataProvider<HistoryNode> {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  /** Only runs of these states are shown. */
  states: ReadonlySet<RunState> = new Set<RunState>(["done", "review", "failed", "old"]);
  /** Only pictures and findings with this text are shown. */
  search = "";

  constructor(private readonly history: History) {}

  refresh(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (node) return "runs" in node ? node.runs.map((run) => ({ run, isOnly: false })) : [];
    const wanted = this.search.toLowerCase();
    const pictures = new Map<string, { picture: RunSummary; runs: RunSummary[] }>();
    for (const run of await this.history.list()) {
      const words = [run.name, run.source ?? "", titleOf(run), run.reason ?? ""].join("\n");
      if (!this.states.has(run.state) || !words.toLowerCase().includes(wanted)) continue;
      const group = pictures.get(fileOf(run)) ?? { picture: run, runs: [] };
      group.runs.push(run);
      pictures.set(fileOf(run), group);
    }
    return [...pictures.values()].map((group) =>
      group.runs.length === 1 ? { run: group.picture, isOnly: true } : group,
    );
  }

  getTreeItem(node: HistoryNode): TreeItem {
    if ("runs" in node) {
      const item = new TreeItem(node.picture.name, TreeItemCollapsibleState.Expanded);
      item.id = fileOf(node.picture);
      item.description = sourceLabel(node.picture);
      item.iconPath = new ThemeIcon("file-media");
      item.contextValue = "picture";
      return item;
    }
    return runItem(node);
  }
}

function runItem(node: Extract<HistoryNode, { run: RunSummary }>): TreeItem {
  const { run, isOnly } = node;
  const { id, name, state, time, reason, model, cost, findings } = run;
  const title = titleOf(run);
  const item = new TreeItem(isOnly ? name : title);
  const found = impacts.flatMap((impact) => (findings[impact] ? [`${findings[impact]} ${impact}`] : []));
  const when = new Date(time).toLocaleString();
  item.id = id;
  item.description = [...(isOnly ? [title] : []), stateWords[state]].join(" · ");
  item.iconPath = icons[state];
  item.contextValue = run.source === undefined ? "run" : "runWithPicture";
  item.tooltip = [
    `${name}, ${when}`,
    ...(found.length === 0 ? [] : [found.join(", ")]),
    ...(reason === undefined ? [] : [reason]),
    ...(model === undefined ? [] : [model]),
    ...(cost === undefined ? [] : [dollars(cost)]),
    sourceLabel(run),
  ].join("\n");
  item.accessibilityInformation = {
    label: `${name}, ${title}, ${stateWords[state]}, ${when}`,
  };
  item.command = { command: commandId("openRun"), title: "Open", arguments: [node] };
  return item;
}

/** What the list calls a run's workflow: an older or newer version may have had others. */
const titleOf = ({ workflow }: RunSummary): string => findWorkflow(workflow)?.title ?? workflow;

const sourceLabel = ({ source }: RunSummary): string =>
  source === undefined ? "pasted" : folderOf(Uri.parse(source));
