import { env } from "vscode";
import type { FromPanel } from "../../protocol/panel.js";
import { documentOf } from "../../render/document.js";
import { insertAtCursor, openUntitled, saveBeside, textColumn } from "../insert/insert.js";
import type { InsertionTarget } from "../insert/insertionTarget.js";
import { showStatus } from "../notify.js";
import type { ShownResult } from "./shownResult.js";
import type { Subject } from "./subjects.js";

type How = Extract<FromPanel, { type: "use" }>["how"];

/** Copies, inserts or saves the text of a result. */
export async function useResult(
  how: How,
  { report, feature }: ShownResult,
  { name, uri }: Subject,
  { editor }: InsertionTarget,
): Promise<void> {
  const from = how === "insert" ? editor?.document.uri : undefined;
  // A saved file is proposed beside its picture.
  const place = from ?? (how === "save" ? uri : undefined);
  const content = (await feature?.document?.(from, place)) ?? documentOf(report);
  switch (how) {
    case "copy":
      await env.clipboard.writeText(content.text);
      return showStatus(`${content.title} copied.`);
    case "insert":
      return insertAtCursor(content, editor);
    case "newDocument":
      return openUntitled(content, textColumn(editor));
    case "save":
      return saveBeside(content, name.replace(/\.[^.]*$/, ""), uri, textColumn(editor));
  }
}
