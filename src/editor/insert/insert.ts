import { languages, type TextEditor, Uri, ViewColumn, window, workspace } from "vscode";
import type { Document } from "../../report.js";
import { placed } from "../../text/place.js";
import { showInfo } from "../notify.js";

/** Where texts are, so that none is opened over the panel it comes from. */
export const textColumn = (editor: TextEditor | undefined): ViewColumn =>
  editor?.viewColumn ?? ViewColumn.Beside;

/** Puts a text at the cursor as its language asks for; in a new document where there is no place for it. */
export async function insertAtCursor(content: Document, editor: TextEditor | undefined): Promise<void> {
  const text = editor && placed(content, editor.document.languageId);
  if (!editor || text === undefined) {
    await openUntitled(content, textColumn(editor));
    showInfo(
      editor
        ? `A ${editor.document.languageId} document cannot hold this; it is in a new document.`
        : "No text editor is open; the text is in a new document.",
    );
    return;
  }
  const { document } = editor;
  const shown = await window.showTextDocument(document, {
    viewColumn: editor.viewColumn ?? ViewColumn.Active,
  });
  const { active } = shown.selection;
  const lead = document.lineAt(active.line).text.slice(0, active.character).trim() === "" ? "" : "\n";
  await shown.edit((edit) => edit.replace(shown.selection, `${lead}${text}`));
}

export async function openUntitled({ language, text }: Document, column: ViewColumn): Promise<void> {
  // Mermaid is a language id only where an extension brings it.
  const known = (await languages.getLanguages()).includes(language);
  const document = await workspace.openTextDocument({
    language: known ? language : "plaintext",
    content: text,
  });
  await window.showTextDocument(document, { viewColumn: column });
}

/** Saves a text as a file beside its picture, where the person agrees. */
export async function saveBeside(
  content: Document,
  name: string,
  picture: Uri | undefined,
  column: ViewColumn,
): Promise<void> {
  const folder = picture ? Uri.joinPath(picture, "..") : workspace.workspaceFolders?.[0]?.uri;
  const file = `${name}.${content.ending}`;
  const target = await saveBytes(new TextEncoder().encode(content.text), file, content.title, folder);
  if (target) await window.showTextDocument(target, { viewColumn: column });
}

/**
 * Writes a file where the person agrees.
 *
 * @param kind as the dialog names it
 * @returns the file, or undefined when the person does not want it
 */
export async function saveBytes(
  bytes: Uint8Array,
  file: string,
  kind: string,
  folder: Uri | undefined,
): Promise<Uri | undefined> {
  const target = await window.showSaveDialog({
    ...(folder ? { defaultUri: Uri.joinPath(folder, file) } : {}),
    filters: { [kind]: [file.slice(file.lastIndexOf(".") + 1)] },
  });
  if (target) await workspace.fs.writeFile(target, bytes);
  return target;
}
