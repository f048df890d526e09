import { type Position, type TextDocument, WorkspaceEdit } from "vscode";
import { documentOf } from "../../render/document.js";
import type { ResultKind, WorkflowId } from "../../report.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { workflowOf } from "../../workflows/index.js";
import { pastedGraph } from "../diagram/pastedGraph.js";
import { pastedIssue } from "../issue/pastedIssue.js";
import { shareable } from "../issue/shareable.js";
import { confirmInDialog } from "../panel/consent.js";
import { runSubject, stagesTo } from "../panel/runSubject.js";
import { subjectOf } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { freePlace } from "./copyDestination.js";
import type { PastedPicture } from "./pasteAndDrop.js";
import { inDocument, type PastePlace } from "./pastePlace.js";

/** What is pasted of one kind of result, where it is not just its text. */
const pastedContents: Readonly<
  Partial<Record<ResultKind, (result: RunResult, place: PastePlace) => Promise<string>>>
> = { issue: pastedIssue, graph: pastedGraph };

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
  const { offline, presentation } = workflowOf(workflow);
  const name = /\.\w+$/.test(picture.name) ? picture.name : "screenshot.png";
  const result = await runSubject(subjectOf(workflow, { name, bytes, uri: undefined }), services, {
    offline: false,
    needsPicture: true,
    signal,
    confirm: (request) => confirmInDialog(request, offline !== undefined),
    onEvent: stagesTo(say),
  });
  const edit = new WorkspaceEdit();
  const copy = shareable(result, name, async () => bytes);
  const file = copy && (await freePlace(document, copy.name));
  const place = { document, position, file, edit, services };
  const text =
    (await pastedContents[presentation.result]?.(result, place)) ??
    inDocument(documentOf(result.report), document);
  // Last: VS Code applies what stands before a file's creation together with the text at the cursor.
  if (file) edit.createFile(file, { contents: await copy.bytes(), ignoreIfExists: true });
  return { text, edit };
}
