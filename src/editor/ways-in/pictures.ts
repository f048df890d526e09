import { basename } from "node:path/posix";
import { FileType, TabInputCustom, TabInputText, Uri, window, workspace } from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { mostBytes } from "../../image/caps.js";
import { pictureExtensions } from "../../image/format.js";

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
  const name = basename(uri.path);
  const unusable = (problem: string, cause?: unknown) =>
    new UserError({
      problem,
      advice: "Choose another picture.",
      picture: name,
      next: ["chooseAnotherPicture"],
      cause,
    });
  const stat = await workspace.fs.stat(uri).then(
    (found) => found,
    (cause: unknown) => {
      throw unusable("The file does not exist or cannot be read.", cause);
    },
  );
  if ((stat.type & FileType.File) === 0) throw unusable("This is no regular file.");
  if (stat.size > mostBytes) throw unusable(`The file is larger than ${mostBytes / 1024 / 1024} MB.`);
  return { name, bytes: await workspace.fs.readFile(uri), uri };
}

/**
 * The pictures that a command is meant for: those selected in the explorer, the one of the tab, the one in
 * the active preview, or the one that the person now picks.
 *
 * @throws CancelledError when none is picked
 */
export async function chosenPictures(clicked: unknown, selected: unknown): Promise<Uri[]> {
  const uris = Array.isArray(selected) ? selected.filter((uri) => uri instanceof Uri) : [];
  if (uris.length > 0) return uris;
  if (clicked instanceof Uri) return [clicked];
  const active = activePicture();
  return active ? [active] : pickPictures();
}

const isPicture = (uri: Uri): boolean =>
  pictureExtensions.some((extension) => uri.path.toLowerCase().endsWith(`.${extension}`));

function activePicture(): Uri | undefined {
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof TabInputCustom || input instanceof TabInputText ? input.uri : undefined;
  return uri && isPicture(uri) ? uri : undefined;
}

/** A list of the workspace's pictures, or a file dialog where there are none. */
export async function pickPictures(): Promise<Uri[]> {
  const found = await workspace.findFiles(
    `**/*.{${pictureExtensions.join(",")}}`,
    "**/{node_modules,.git,dist,out}/**",
    500,
  );
  if (found.length > 0) {
    const browse = { label: "$(folder-opened) Browse…", uri: undefined };
    const items = found
      .map((uri) => ({ label: basename(uri.path), description: workspace.asRelativePath(uri), uri }))
      .sort((a, b) => a.description.localeCompare(b.description));
    const chosen = await window.showQuickPick([...items, browse], {
      title: "Choose a Picture",
      matchOnDescription: true,
    });
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
