import { posix } from "node:path";
import {
  FileType,
  Position,
  type TextDocument,
  Uri,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { UserError } from "../../errors.js";
import { type TargetId, targets, targetsFor } from "../../workflows/diagram/emit/targets.js";
import { converted } from "../../workflows/diagram/read/convert.js";
import {
  largestText,
  type Reader,
  readDiagram,
  readerEndings,
  readerForFence,
  readerForFile,
} from "../../workflows/diagram/read/readers.js";
import { openUntitled } from "../insert/insert.js";
import { inert, showInfo } from "../notify.js";
import { readFile } from "../readFile.js";
import type { Services } from "../services.js";
import { fenceAt } from "./fences.js";

/** A diagram's text, where it stands. */
interface Source {
  text: string;
  reader: Reader;
  /** As errors call it. */
  name: string;
  /** The file that it stands in, or is. */
  uri: Uri;
}

/**
 * Converts a diagram's file, or the fenced block at the cursor, into a language that the person picks, and opens the
 * text as a new document. Nothing is sent.
 *
 * @param clicked the file in the explorer or on a tab; absent for what is being edited
 * @throws UserError when there is no diagram, or it cannot be read
 */
export async function convertDiagram(clicked: unknown, services: Services): Promise<void> {
  const source = await sourceOf(clicked instanceof Uri ? clicked : undefined);
  const reading = await readDiagram(source.text, source.reader, source.name, services.app);
  const target = await chooseTarget(source, targetsFor(reading.graph.kind));
  if (!target) return;
  const { text, warnings } = converted(reading, target);
  await openAs(text, target, source);
  await sayWarnings(warnings);
}

/** What was lost is said, and all of it can be read. */
async function sayWarnings(warnings: readonly string[]): Promise<void> {
  const [first] = warnings;
  if (first === undefined) return;
  if (warnings.length === 1) return showInfo(`The diagram was converted. ${first}`);
  const all = "Show All";
  const message = `The diagram was converted, and ${warnings.length} things are to be said. ${first}`;
  if ((await window.showInformationMessage(inert(message), all)) === all)
    await openUntitled(
      { title: "Warnings", language: "plaintext", ending: "txt", text: `${warnings.join("\n")}\n` },
      ViewColumn.Beside,
    );
}

async function sourceOf(clicked: Uri | undefined): Promise<Source> {
  const editor = window.activeTextEditor;
  const uri = clicked ?? editor?.document.uri;
  const name = uri ? posix.basename(uri.path) : "";
  const reader = readerForFile(name);
  const edited = workspace.textDocuments.find((document) => document.uri.toString() === uri?.toString());
  if (uri && reader) return { text: edited ? edited.getText() : await textAt(uri), reader, name, uri };
  if (editor && editor.document.uri.toString() === uri?.toString()) {
    const fenced = fencedSource(editor.document, editor.selection.active.line);
    if (fenced) return fenced;
  }
  throw new UserError({
    code: "wrongInput",
    problem: "There is no diagram here.",
    advice: `Put the cursor into a fenced block with a diagram, or choose a file that ends in one of .${readerEndings.join(", .")}.`,
  });
}

function fencedSource(document: TextDocument, line: number): Source | undefined {
  const fence = fenceAt(document.getText().split(/\r?\n/), line);
  const reader = fence && readerForFence(fence.info);
  if (!fence || !reader) return undefined;
  const name = `${posix.basename(document.uri.path)}, line ${fence.from + 1}`;
  return { text: fence.text, reader, name, uri: document.uri };
}

async function textAt(uri: Uri): Promise<string> {
  const { type, size } = await workspace.fs.stat(uri);
  if (type !== FileType.File || size > largestText)
    throw new UserError({
      code: "wrongInput",
      problem: type === FileType.File ? "The diagram's text is larger than 1 MB." : "This is no plain file.",
      advice: "Choose another one.",
      picture: posix.basename(uri.path),
    });
  return new TextDecoder().decode(await readFile(uri, largestText));
}

async function chooseTarget({ reader }: Source, ids: readonly TargetId[]): Promise<TargetId | undefined> {
  const items = ids
    .filter((id) => targets[id].title !== reader.title)
    .map((id) => ({ label: targets[id].title, description: `.${targets[id].ending}`, id }));
  const chosen = await window.showQuickPick(items, {
    title: `Convert Diagram in ${reader.title} to…`,
    placeHolder: "The language to write it in",
  });
  return chosen?.id;
}

/** A new document, which is saved beside the diagram where the person saves it. */
async function openAs(text: string, target: TargetId, { uri }: Source): Promise<void> {
  // Where nothing is open, an empty half would stand to its left.
  const column = window.tabGroups.activeTabGroup.activeTab ? ViewColumn.Beside : ViewColumn.Active;
  const place = uri.scheme === "file" ? await freePlace(uri, targets[target].ending) : undefined;
  if (!place) {
    const { title, language, ending } = targets[target];
    return openUntitled({ title, language, ending, text }, column);
  }
  const document = await workspace.openTextDocument(place.with({ scheme: "untitled" }));
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), text);
  await workspace.applyEdit(edit);
  await window.showTextDocument(document, { viewColumn: column });
}

/** A name beside a file that nothing has yet. */
async function freePlace(uri: Uri, ending: string): Promise<Uri> {
  const base = posix.basename(uri.path, posix.extname(uri.path));
  const open = new Set(workspace.textDocuments.map((document) => document.uri.path));
  for (let number = 1; ; number++) {
    const place = Uri.joinPath(uri, "..", `${base}${number === 1 ? "" : `-${number}`}.${ending}`);
    const isTaken =
      open.has(place.path) ||
      (await workspace.fs.stat(place).then(
        () => true,
        () => false,
      ));
    if (!isTaken) return place;
  }
}
