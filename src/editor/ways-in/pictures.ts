import { basename } from "node:path/posix";
import {
  FileType,
  type QuickPickItem,
  RelativePattern,
  TabInputCustom,
  TabInputText,
  Uri,
  window,
  workspace,
} from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { mostBytes } from "../../image/caps.js";
import { pictureExtensions } from "../../image/format.js";
import { UnusableFileError } from "../../sources/regularFile.js";
import { plainName } from "../../text/plain.js";
import { checkFile, readFile } from "../readFile.js";

/** A picture and where it came from; pasted ones have no place. */
export interface EditorSource {
  name: string;
  bytes: Uint8Array;
  uri: Uri | undefined;
}

/**
 * Reads a picture from any file system that VS Code knows.
 *
 * @throws UserError when there is no such regular file, or it is too large
 */
export async function readPicture(uri: Uri): Promise<EditorSource> {
  const bytes = await asPicture(uri, readFile(uri, mostBytes));
  return { name: plainName(basename(uri.path)), bytes, uri };
}

/**
 * @returns its name
 * @throws UserError when there is no such regular file, or it is too large
 */
export async function checkPicture(uri: Uri): Promise<string> {
  await asPicture(uri, checkFile(uri, mostBytes));
  return plainName(basename(uri.path));
}

async function asPicture<T>(uri: Uri, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    throw new UserError({
      code: "pictureUnusable",
      problem: error.message,
      advice: "Choose another picture.",
      picture: plainName(basename(uri.path)),
      cause: error,
    });
  }
}

/**
 * The pictures that a command is meant for: those selected in the explorer, those in selected folders, the one of the
 * tab, the one in the active preview, or the one that the person now picks.
 *
 * @param describe what is said of a picture while it is chosen
 * @throws CancelledError when none is picked
 */
export async function chosenPictures(
  clicked: unknown,
  selected: unknown,
  describe?: (uri: Uri) => Promise<string>,
): Promise<Uri[]> {
  const uris = Array.isArray(selected) ? selected.filter((uri) => uri instanceof Uri) : [];
  if (uris.length > 0) return picturesOf(uris);
  if (clicked instanceof Uri) return picturesOf([clicked]);
  const active = activePicture();
  return active ? [active] : pickPictures(describe);
}

const notPictures = "**/{node_modules,.git,dist,out}/**";
const pictureFiles = `**/*.{${pictureExtensions.flatMap((ending) => [ending, ending.toUpperCase()]).join(",")}}`;

/** @throws UserError when a folder holds none */
async function picturesOf(uris: readonly Uri[]): Promise<Uri[]> {
  const found = await Promise.all(
    uris.map(async (uri) => {
      if (!(await isFolder(uri))) return [uri];
      const inside = await workspace.findFiles(new RelativePattern(uri, pictureFiles), notPictures);
      return inside.sort((a, b) => (a.path < b.path ? -1 : 1));
    }),
  );
  const pictures = new Map(found.flat().map((uri) => [uri.toString(), uri]));
  if (pictures.size > 0) return [...pictures.values()];
  throw new UserError({
    code: "pictureUnusable",
    problem: "There are no pictures in this folder.",
    advice: "Choose another one.",
    picture: basename(uris[0]?.path ?? ""),
  });
}

export const isFolder = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );

export const isPicture = (uri: Uri): boolean =>
  pictureExtensions.some((extension) => uri.path.toLowerCase().endsWith(`.${extension}`));

/** The picture of the tab or the preview that is active. */
export function activePicture(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return uri && isPicture(uri) ? uri : undefined;
}

interface PictureItem extends QuickPickItem {
  uri: Uri | undefined;
}

/**
 * A list of the workspace's pictures, or a file dialog where there are none.
 *
 * @param describe what is said of the picture that is about to be chosen
 */
export async function pickPictures(describe?: (uri: Uri) => Promise<string>): Promise<Uri[]> {
  const found = await workspace.findFiles(pictureFiles, notPictures, 500);
  if (found.length > 0) {
    const items: PictureItem[] = found
      .map((uri) => ({ label: basename(uri.path), description: workspace.asRelativePath(uri), uri }))
      .sort((a, b) => a.description.localeCompare(b.description));
    const chosen = await pickFrom(
      [...items, { label: "$(folder-opened) Browse…", uri: undefined }],
      describe,
    );
    if (!chosen) throw new CancelledError();
    if (chosen.uri) return [chosen.uri];
  }
  const opened = await window.showOpenDialog({
    canSelectMany: true,
    filters: { Pictures: [...pictureExtensions] },
    title: "Choose a Picture",
  });
  if (!opened || opened.length === 0) throw new CancelledError();
  return opened;
}

async function pickFrom(
  items: PictureItem[],
  describe?: (uri: Uri) => Promise<string>,
): Promise<PictureItem | undefined> {
  const title = "Choose a Picture";
  const list = window.createQuickPick<PictureItem>();
  Object.assign(list, { items, title, matchOnDescription: true });
  list.onDidChangeActive(async ([active]) => {
    const words = active?.uri && (await describe?.(active.uri).catch(() => undefined));
    if (list.activeItems[0] === active) list.title = words ? `${title}: ${words}` : title;
  });
  try {
    return await new Promise((resolve) => {
      list.onDidAccept(() => resolve(list.activeItems[0]));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
  } finally {
    list.dispose();
  }
}
