import { posix } from "node:path";
import {
  commands,
  type Disposable,
  QuickPickItemKind,
  Range,
  TabInputTextDiff,
  type TextDocument,
  type TextEditor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { sha256 } from "../../image/sha256.js";
import { currentAnswer, type RunRecord, type RunResult } from "../../store/runs/runResult.js";
import { type Changes, changesBetween, isUnchanged } from "../../workflows/diagram/changes.js";
import { diagram } from "../../workflows/diagram/diagram.js";
import { earlierNames } from "../../workflows/diagram/emit/earlierNames.js";
import { emitTarget } from "../../workflows/diagram/emit/emitTarget.js";
import { targetIds } from "../../workflows/diagram/emit/targets.js";
import { diagramAt, type InsertedDiagram, withOrigin } from "../../workflows/diagram/origin.js";
import type { Graph } from "../../workflows/diagram/schema.js";
import { known } from "../../workflows/workflow.js";
import { inert, showInfo, showStatus } from "../notify.js";
import { confirmInDialog } from "../panel/consent.js";
import { withProgress } from "../panel/progress.js";
import { runSubject, stagesTo } from "../panel/runSubject.js";
import { subjectOf } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { type EditorSource, readPicture } from "../ways-in/pictures.js";

/**
 * Reads the picture of an inserted diagram again, shows what is different, and replaces the diagram when the
 * person agrees.
 *
 * @throws UserError when there is no such diagram at the cursor, or its picture cannot be read
 */
export async function updateDiagram(services: Services): Promise<void> {
  const { editor, inserted } = diagramAtCursor();
  const { origin } = inserted;
  const target = targetIds.find((id) => id === origin.target);
  if (!target) throw noDiagram();
  const picture = await readPicture(pictureOf(editor.document, origin.path));
  const newHash = sha256(picture.bytes);
  if (newHash === origin.sha256 && !(await readAnyway(picture))) return;
  const before = await services.history.latest(diagram.id, origin.sha256);
  // Who reads the same picture again wants another answer.
  const result = await read(picture, services, newHash === origin.sha256);
  const graph = graphOf(result);
  if (!graph) throw new Error("A diagram is not read without asking");
  const { text } = emitTarget(graph, target, {
    mermaidVersion: settings.mermaidVersion(diagram.id),
    earlierNames: earlierNames(textOf(editor.document, inserted), graph),
  });
  const whole = withOrigin(text, target, { path: origin.path, sha256: newHash });
  const oldGraph = before && graphOf(before);
  const changes = oldGraph && changesBetween(oldGraph, graph);
  const rows = whole
    .trimEnd()
    .split("\n")
    .map((row) => `${inserted.prefix}${row}`.trimEnd());
  if (!(await agreed(editor.document, inserted, rows, changes))) return;
  if (!(await replace(editor, inserted, rows))) return;
  // Not before the person agrees: what is kept may hold their own corrections.
  await services.history.keep(result);
  services.ran();
  showStatus("The diagram was updated.");
}

const noDiagram = () =>
  new UserError({
    code: "wrongInput",
    problem: "There is no diagram at the cursor that says which picture it comes from.",
    advice: "Put the cursor into a diagram that was inserted from a picture.",
  });

function diagramAtCursor(): { editor: TextEditor; inserted: InsertedDiagram } {
  const editor = window.activeTextEditor;
  const inserted = editor && diagramAt(linesOf(editor.document), editor.selection.active.line);
  if (!editor || !inserted) throw noDiagram();
  return { editor, inserted };
}

/** An inserted diagram's own lines, without what stands before each. */
const textOf = (document: TextDocument, { from, to, prefix }: InsertedDiagram): string[] =>
  linesOf(document)
    .slice(from, to)
    .map((row) => row.slice(prefix.length));

const linesOf = (document: TextDocument): string[] => document.getText().split(/\r?\n/);

/** A document may be hostile: it names no picture outside the workspace. */
function pictureOf({ uri }: TextDocument, path: string): Uri {
  const picture = uri.with({ path: posix.join(posix.dirname(uri.path), path) });
  if (workspace.getWorkspaceFolder(picture)) return picture;
  throw new UserError({
    code: "wrongInput",
    problem: "The diagram says that it comes from a picture outside this workspace.",
    advice: "Open the folder with both, or convert the picture again.",
    picture: posix.basename(path),
  });
}

async function readAnyway({ name }: EditorSource): Promise<boolean> {
  const again = "Read It Again";
  const message = `“${name}” has not changed since its diagram was inserted.`;
  return (await window.showInformationMessage(inert(message), { modal: true }, again)) === again;
}

const graphOf = (run: RunRecord): Graph | undefined => {
  const answer = currentAnswer(run);
  // One that an older version kept may have another form.
  return diagram.schema.safeParse(answer).success ? known(diagram, answer, run.pictures)?.graph : undefined;
};

async function read(picture: EditorSource, services: Services, again: boolean): Promise<RunResult> {
  return withProgress(`Updating the diagram of ${picture.name}`, (signal, say) =>
    runSubject(subjectOf(diagram.id, picture), services, {
      offline: false,
      again,
      needsPicture: true,
      signal,
      confirm: (request) => confirmInDialog(request, false),
      onEvent: stagesTo(say),
    }),
  );
}

/** Shows both texts side by side, and the changes in words to agree to. */
async function agreed(
  document: TextDocument,
  { from, to }: InsertedDiagram,
  rows: string[],
  changes: Changes | undefined,
): Promise<boolean> {
  const old = linesOf(document).slice(from, to);
  const shown = new ShownTexts({ before: old.join("\n"), after: rows.join("\n") });
  try {
    const name = posix.basename(document.uri.path);
    await commands.executeCommand(
      "vscode.diff",
      shown.uri("before"),
      shown.uri("after"),
      `${name}: diagram ↔ picture`,
    );
    const yes = { label: "$(check) Replace the diagram" };
    const no = { label: "$(close) Keep it as it is" };
    const entry = (icon: string) => (label: string) => ({
      label: `$(${icon}) ${label.replaceAll("$(", "$ (")}`,
    });
    const entries = changes
      ? [
          ...changes.added.map(entry("diff-added")),
          ...changes.removed.map(entry("diff-removed")),
          ...changes.changed.map(entry("diff-modified")),
          ...(isUnchanged(changes) ? [entry("dash")("Nothing in the graph")] : []),
        ]
      : [entry("info")("The earlier reading is no longer known: compare the texts")];
    const chosen = await window.showQuickPick(
      [yes, no, { label: "What changed", kind: QuickPickItemKind.Separator }, ...entries],
      { title: "Update Diagram from Picture", ignoreFocusOut: true },
    );
    if (chosen === undefined) throw new CancelledError();
    return chosen === yes;
  } finally {
    await shown.close();
  }
}

/** Two texts that are no files, while they are compared. */
class ShownTexts {
  private static readonly scheme = "screenshot-workbench";
  private readonly provider: Disposable;

  constructor(private readonly texts: Record<"before" | "after", string>) {
    this.provider = workspace.registerTextDocumentContentProvider(ShownTexts.scheme, {
      provideTextDocumentContent: ({ path }) => (path === "/before" ? this.texts.before : this.texts.after),
    });
  }

  uri(which: "before" | "after"): Uri {
    return Uri.from({
      scheme: ShownTexts.scheme,
      path: `/${which}`,
      query: sha256(Buffer.from(this.texts[which])),
    });
  }

  async close(): Promise<void> {
    const tabs = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) => input instanceof TabInputTextDiff && input.original.scheme === ShownTexts.scheme,
      );
    await window.tabGroups.close(tabs);
    this.provider.dispose();
  }
}

/**
 * The document may have changed while the picture was read.
 *
 * @returns whether the diagram was replaced
 */
async function replace(
  editor: TextEditor,
  { from, origin }: InsertedDiagram,
  rows: string[],
): Promise<boolean> {
  const { document } = editor;
  const now = diagramAt(linesOf(document), from);
  if (!now || now.origin.sha256 !== origin.sha256) {
    showInfo("The document has changed meanwhile: nothing was replaced. Update the diagram again.");
    return false;
  }
  const shown = await window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? ViewColumn.Active,
  });
  const isLast = now.to >= document.lineCount;
  const range = document.validateRange(new Range(now.from, 0, now.to, 0));
  return shown.edit((edit) => edit.replace(range, `${rows.join("\n")}${isLast ? "" : "\n"}`));
}
