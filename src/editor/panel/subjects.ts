import { Uri } from "vscode";
import { UserError } from "../../errors.js";
import { sha256 } from "../../image/sha256.js";
import type { Box, WorkflowId } from "../../report.js";
import { pictureOfBytes } from "../../sources/bytes.js";
import { sha256OfFile } from "../../sources/file.js";
import {
  type LabelledPictures,
  onlyPicture,
  type PictureId,
  type SourcePicture,
} from "../../sources/picture.js";
import type { RunRecord } from "../../store/runs/runResult.js";
import type { Workflow } from "../../workflows/workflow.js";
import { checkPicture, type EditorSource, readPicture } from "../ways-in/pictures.js";

/** What a run is about: a workflow, and a picture that is at hand or can be read again. */
export interface Subject {
  workflow: WorkflowId;
  /** The picture's, for people. */
  name: string;
  id: PictureId;
  bytes(): Promise<Uint8Array>;
  uri: Uri | undefined;
  /** Places that the person had covered. Pixels of the original. */
  covers?: readonly Box[];
}

/** The subject's picture as a run takes it. */
export const picturesOf = ({ name, id, bytes, uri, covers }: Subject): LabelledPictures =>
  onlyPicture({ name, id, bytes, uri: uri?.toString() }, covers);

/** A picture that is at hand. */
export const subjectOf = (workflow: WorkflowId, { name, bytes, uri }: EditorSource): Subject => ({
  ...pictureOfBytes(name, bytes),
  workflow,
  uri,
});

/**
 * One of many pictures: it is read when it is needed.
 *
 * @throws UserError when there is no such regular file, or it is too large
 */
export const subjectAt = async (workflow: WorkflowId, uri: Uri): Promise<Subject> => ({
  ...(await pictureAt(uri)),
  workflow,
  uri,
});

/** The same without a workflow. */
export async function pictureAt(uri: Uri): Promise<SourcePicture> {
  const name = await checkPicture(uri);
  const bytes = async () => (await readPicture(uri)).bytes;
  const id = uri.scheme === "file" ? await sha256OfFile(uri.fsPath) : sha256(await bytes());
  return { name, id, bytes, uri: uri.toString() };
}

/** The picture of a kept run, which is read again when it has to be. */
export function subjectOfKept({ id: workflow }: Workflow, { pictures, settings }: RunRecord): Subject {
  const [{ id, picture, uri: place }] = pictures;
  const uri = place === undefined ? undefined : Uri.parse(place, true);
  const bytes = async () => {
    if (uri) return (await readPicture(uri)).bytes;
    throw new UserError({
      code: "pictureUnusable",
      problem: "The pasted picture is no longer at hand.",
      advice: "Paste it again with Screenshot: From Clipboard.",
      picture: picture.name,
    });
  };
  const [{ covers = [] }] = settings.pictures;
  return { workflow, name: picture.name, id, uri, bytes, covers };
}
