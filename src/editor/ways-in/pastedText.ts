import { type Position, Range, type TextDocument, WorkspaceEdit, workspace } from "vscode";
import { documentOf } from "../../render/document.js";
import type { Document, WorkflowId } from "../../report.js";
import { placed } from "../../text/place.js";
import { withOrigin } from "../../workflows/diagram/origin.js";
import { workflows } from "../../workflows/index.js";
import { fillDocument } from "../../workflows/triage/template/fill.js";
import { builtInTemplate } from "../../workflows/triage/template/template.js";
import { type JudgedTriage, triage } from "../../workflows/triage/triage.js";
import { known } from "../../workflows/workflow.js";
import { relativePath } from "../insert/relativePath.js";
import { fill, findTemplates, issueDocument, linkTo } from "../issue/issues.js";
import { shareable } from "../issue/shareable.js";
import { confirmInDialog } from "../panel/consent.js";
import { runSubject, stagesTo } from "../panel/runSubject.js";
import { subjectOf } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { freePlace } from "./copyDestination.js";
import type { PastedPicture } from "./pasteAndDrop.js";

interface Pasted {
  /** What is inserted at the cursor. */
  text: string;
  /** The picture's new file, and the other sections of a template. */
  edit: WorkspaceEdit;
}

/** Runs a workflow on a pasted picture: the text for the document, and the picture saved where pictures go. */
export async function pastedText(
  {
    workflow,
    picture,
    document,
    position,
  }: { workflow: WorkflowId; picture: PastedPicture; document: TextDocument; position: Position },
  services: Services,
  signal: AbortSignal,
  say: (stage: string) => void,
): Promise<Pasted> {
  const { bytes } = picture;
  const name = /\.\w+$/.test(picture.name) ? picture.name : "screenshot.png";
  const result = await runSubject(subjectOf(workflow, { name, bytes, uri: undefined }), services, {
    offline: false,
    needsPicture: true,
    signal,
    confirm: (doubts) => confirmInDialog(doubts, workflows[workflow].offline !== undefined),
    onEvent: stagesTo(say),
  });
  const edit = new WorkspaceEdit();
  const copy = shareable(result, name, async () => bytes);
  const file = copy && (await freePlace(document, copy.name));
  const text = await textFor();
  // Last: VS Code applies what stands before a file's creation together with the text at the cursor.
  if (file) edit.createFile(file, { contents: await copy.bytes(), ignoreIfExists: true });
  return { text, edit };

  /** A diagram says which picture it comes from. */
  function ofPicture(content: Document): Document {
    const path = file && relativePath(document.uri, file);
    if (workflow !== "diagram" || path === undefined) return content;
    return { ...content, text: withOrigin(content.text, "mermaid", { path, sha256: result.picture.sha256 }) };
  }

  async function textFor(): Promise<string> {
    if (workflow !== "triage") return inDocument(ofPicture(documentOf(result.report)), document);
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
}

const inDocument = (content: Document, { languageId }: TextDocument): string =>
  placed(content, languageId) ?? content.text;

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
