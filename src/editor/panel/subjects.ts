import { Uri } from "vscode";
import { UserError } from "../../errors.js";
import { sha256 } from "../../image/sha256.js";
import type { WorkflowId } from "../../report.js";
import type { ImageSource } from "../../run/runner.js";
import { sha256OfFile } from "../../sources/files.js";
import type { KeptRun } from "../../store/runs/runFolder.js";
import { checkPicture, type EditorSource, readPicture } from "../ways-in/pictures.js";

/** What a run is about: a workflow, and a picture that is at hand or can be read again. */
export interface Subject extends ImageSource {
  workflow: WorkflowId;
  uri: Uri | undefined;
}

/** A picture that is at hand. */
export function subjectOf(workflow: WorkflowId, { name, bytes, uri }: EditorSource): Subject {
  return { workflow, name, sha256: sha256(bytes), uri, bytes: async () => bytes };
}

/**
 * One of many pictures: it is read when it is needed.
 *
 * @throws UserError when there is no such regular file, or it is too large
 */
export async function subjectAt(workflow: WorkflowId, uri: Uri): Promise<Subject> {
  const name = await checkPicture(uri);
  const bytes = async () => (await readPicture(uri)).bytes;
  const digest = uri.scheme === "file" ? await sha256OfFile(uri.fsPath) : sha256(await bytes());
  return { workflow, name, sha256: digest, uri, bytes };
}

/** The picture of a kept run, which is read again when it has to be. */
export function subjectOfKept({ workflow, picture, source }: KeptRun): Subject {
  const uri = source === undefined ? undefined : Uri.parse(source, true);
  const bytes = async () => {
    if (uri) return (await readPicture(uri)).bytes;
    throw new UserError({
      code: "pictureUnusable",
      problem: "The pasted picture is no longer at hand.",
      advice: "Paste it again with Screenshot: From Clipboard.",
      picture: picture.name,
    });
  };
  return { workflow, name: picture.name, sha256: picture.sha256, uri, bytes };
}
