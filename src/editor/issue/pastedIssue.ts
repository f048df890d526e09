import { type Position, Range, type TextDocument, type WorkspaceEdit, workspace } from "vscode";
import type { RunResult } from "../../store/runs/runResult.js";
import { fillDocument } from "../../workflows/triage/template/fill.js";
import { builtInTemplate } from "../../workflows/triage/template/template.js";
import { type JudgedTriage, triage } from "../../workflows/triage/triage.js";
import { known } from "../../workflows/workflow.js";
import { inDocument, type PastePlace } from "../ways-in/pastePlace.js";
import { fill, findTemplates, issueDocument, linkTo } from "./issues.js";

/** A filled issue for a document: into its own sections where it is a template, else as text at the cursor. */
export async function pastedIssue(
  result: RunResult,
  { document, position, file, edit, services }: PastePlace,
): Promise<string> {
  const folder = workspace.getWorkspaceFolder(document.uri);
  const link = file && folder ? linkTo(file, document.uri, folder) : undefined;
  const read = known(triage, result.asked?.answer, result);
  if (!read) throw new Error("A triage knows something even without an answer");
  const [template = builtInTemplate] = await findTemplates(folder, services.log);
  return (
    fillInto(document, position, read, link, edit) ??
    inDocument(issueDocument(fill(template, read, link)), document)
  );
}

/**
 * Fills in the document itself, where it has a template's headings: the section at the cursor by what is
 * pasted, the others beside it.
 *
 * @returns the text for the cursor; undefined when the document is no template
 */
function fillInto(
  document: TextDocument,
  position: Position,
  read: JudgedTriage,
  link: string | undefined,
  edit: WorkspaceEdit,
): string | undefined {
  const pictureLink = link ?? "";
  const sections = fillDocument(document.getText(), { judged: read, pictureLink });
  if (sections.length === 0) return undefined;
  let atCursor = pictureLink;
  for (const { from, to, lines } of sections) {
    if (position.line >= from && position.line < to) {
      atCursor = lines.join("\n");
      edit.delete(document.uri, new Range(from, 0, position.line, 0));
      const rest = new Range(position.line + 1, 0, to, 0);
      if (!rest.isEmpty && position.line + 1 < document.lineCount) edit.delete(document.uri, rest);
    } else {
      edit.replace(
        document.uri,
        document.validateRange(new Range(from, 0, to, 0)),
        `${lines.join("\n")}${to < document.lineCount ? "\n" : ""}`,
      );
    }
  }
  return atCursor;
}
