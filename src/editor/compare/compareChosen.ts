import { TabInputTextDiff, Uri, window, workspace } from "vscode";
import { UserError } from "../../errors.js";
import { pictureOfBytes } from "../../sources/bytes.js";
import { gitPlace } from "../../sources/git.js";
import { pairsOf, pairsWithin } from "../../sources/pairs.js";
import type { SourcePicture } from "../../sources/picture.js";
import type { Features } from "../features.js";
import { pairSubject, pictureAt } from "../panel/subjects.js";
import { chosenPictures, isFolder, isPicture, pickPictures } from "../ways-in/pictures.js";
import { chooseForFolder, chooseForPicture } from "./chooseOther.js";
import { compareFolders } from "./compareFolders.js";
import { pictureOfPlace } from "./places.js";

/** Which command it is. */
export interface Comparing {
  workflow: string;
  /** By measure alone. */
  offline: boolean;
}

/**
 * Compares what a command is meant for: two pictures or two folders that are selected; one, with what the person then
 * chooses; the picture of a change in source control; both sides of a diff.
 *
 * @param clicked as VS Code hands it over: an address, or what a source-control view lists
 * @throws UserError when a picture cannot be read
 * @throws CancelledError when nothing is chosen
 */
export async function compareChosen(
  comparing: Comparing,
  clicked: unknown,
  selected: unknown,
  features: Features,
): Promise<void> {
  const changed = resourceOf(clicked);
  if (changed) return compareWithRevision(comparing, changed, "HEAD", features);
  const diff = activeDiff();
  if (diff && !Array.isArray(selected)) {
    const [before, after] = [await pictureAt(diff.original), await pictureAt(diff.modified)];
    return show(comparing, before, after, features);
  }
  const uris = Array.isArray(selected) ? selected.filter((uri) => uri instanceof Uri) : [];
  const [first, second, third] = uris.length > 0 ? uris : await onePlace(clicked);
  if (third || !first)
    throw new UserError({
      code: "wrongInput",
      problem: "Two are compared, not more.",
      advice: "Select two pictures or two folders.",
    });
  if (second) return compareTwo(comparing, first, second, features);
  if (await isFolder(first)) {
    const chosen = await chooseForFolder(first);
    const pairs =
      chosen.kind === "within"
        ? await pairsWithin(first.fsPath)
        : await pairsOf(
            chosen.kind === "folder" ? chosen.uri.fsPath : gitPlace(chosen.revision, first.fsPath),
            first.fsPath,
          );
    return compareFolders(comparing, pairs, first, features);
  }
  const chosen = await chooseForPicture(first);
  switch (chosen.kind) {
    case "file": {
      const [other] = await pickPictures();
      return other && show(comparing, await pictureAt(other), await pictureAt(first), features);
    }
    case "clipboard":
      return features.results.openEmpty({
        workflow: comparing.workflow,
        take: async ({ name, bytes }) =>
          show(comparing, await pictureAt(first), pictureOfBytes(name, bytes), features),
      });
    case "revision":
      return compareWithRevision(comparing, first, chosen.revision, features);
  }
}

async function compareTwo(comparing: Comparing, first: Uri, second: Uri, features: Features): Promise<void> {
  const [one, other] = [await isFolder(first), await isFolder(second)];
  if (one !== other)
    throw new UserError({
      code: "wrongInput",
      problem: "A picture is not compared with a folder.",
      advice: "Select two pictures or two folders.",
    });
  const [before, after] = await inOrder(first, second);
  if (one) return compareFolders(comparing, await pairsOf(before.fsPath, after.fsPath), after, features);
  return show(comparing, await pictureAt(before), await pictureAt(after), features);
}

/** The older one is the picture before, unless the names say which is which. */
async function inOrder(first: Uri, second: Uri): Promise<[Uri, Uri]> {
  const isOld = ({ path }: Uri) => /(^|[^a-z])(before|expected|old|baseline|reference)([^a-z]|$)/i.test(path);
  if (isOld(first) !== isOld(second)) return isOld(first) ? [first, second] : [second, first];
  const [one, other] = [await workspace.fs.stat(first), await workspace.fs.stat(second)];
  return one.mtime <= other.mtime ? [first, second] : [second, first];
}

async function compareWithRevision(
  comparing: Comparing,
  picture: Uri,
  revision: string,
  features: Features,
): Promise<void> {
  const before = await pictureOfPlace(gitPlace(revision, picture.fsPath));
  return show(comparing, before, await pictureAt(picture), features);
}

const show = (
  { workflow, offline }: Comparing,
  before: SourcePicture,
  after: SourcePicture,
  { results }: Features,
): Promise<void> => results.run(pairSubject(workflow, before, after), { offline });

/** What was clicked, the active picture, or one that the person picks. */
const onePlace = async (clicked: unknown): Promise<Uri[]> =>
  clicked instanceof Uri ? [clicked] : chosenPictures(undefined, undefined);

/** The file of a change that a source-control view lists. */
function resourceOf(clicked: unknown): Uri | undefined {
  if (typeof clicked !== "object" || clicked === null || !("resourceUri" in clicked)) return undefined;
  return clicked.resourceUri instanceof Uri ? clicked.resourceUri : undefined;
}

/** The diff of two pictures that is looked at. */
function activeDiff(): TabInputTextDiff | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const isMeant = input instanceof TabInputTextDiff && isPicture(input.original) && isPicture(input.modified);
  return isMeant ? input : undefined;
}
