import { Uri } from "vscode";
import { UserError } from "../../errors.js";
import { sha256 } from "../../image/sha256.js";
import type { Box, WorkflowId } from "../../report.js";
import { pictureOfBytes } from "../../sources/bytes.js";
import { sha256OfFile } from "../../sources/file.js";
import { gitPlaceOf } from "../../sources/git.js";
import { pictureAt as pictureAtPlace } from "../../sources/index.js";
import {
  type LabelledPictures,
  onlyPicture,
  type PictureId,
  type SourcePicture,
} from "../../sources/picture.js";
import type { RunRecord } from "../../store/runs/runResult.js";
import type { Parameters, Workflow } from "../../workflows/workflow.js";
import { parametersAt } from "../compare/ignoreFile.js";
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
  /** The picture that it is compared with, of a workflow that compares. */
  before?: SourcePicture;
  /** What the workflow is told beyond the settings, read anew for each run. */
  told?(): Promise<Parameters>;
}

/** The subject's pictures as a run takes them. */
export function picturesOf({ name, id, bytes, uri, covers, before }: Subject): LabelledPictures {
  const picture = { name, id, bytes, uri: uri?.toString() };
  if (!before) return onlyPicture(picture, covers);
  return [
    { ...before, label: "before" },
    { ...picture, label: "after", covers },
  ];
}

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
export function subjectOfKept(
  { id: workflow, compares }: Workflow,
  { pictures, settings }: RunRecord,
): Subject {
  const [first, second] = pictures;
  if (compares && second) return pairSubject(workflow, keptPicture(first), keptPicture(second));
  const [{ covers = [] }] = settings.pictures;
  return { ...keptPicture(first), workflow, uri: placeOf(first.uri), covers };
}

function keptPicture({ id, picture: { name }, uri: place }: RunRecord["pictures"][number]): SourcePicture {
  const bytes = async () => {
    if (place !== undefined && gitPlaceOf(place)) return (await pictureAtPlace(place)).bytes();
    if (place !== undefined) return (await readPicture(Uri.parse(place, true))).bytes;
    throw new UserError({
      code: "pictureUnusable",
      problem: "The pasted picture is no longer at hand.",
      advice: "Paste it again with Screenshot: From Clipboard.",
      picture: name,
    });
  };
  return { name, id, bytes, uri: place };
}

/** Where a picture is for the editor; a version in git is nowhere. */
const placeOf = (place: string | undefined): Uri | undefined =>
  place === undefined || gitPlaceOf(place) ? undefined : Uri.parse(place, true);

/** Two pictures that are compared. The second is the one that it is about. */
export const pairSubject = (workflow: WorkflowId, before: SourcePicture, after: SourcePicture): Subject => {
  const uri = placeOf(after.uri);
  return { ...after, workflow, uri, before, told: () => parametersAt(uri ?? placeOf(before.uri)) };
};
