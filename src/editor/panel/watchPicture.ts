import { type Disposable, RelativePattern, Uri, workspace } from "vscode";
import { sha256 } from "../../image/sha256.js";
import { fileHash, type PictureId } from "../../sources/picture.js";
import { readPicture } from "../ways-in/pictures.js";

/**
 * Tells when a picture's file changes, goes or comes back.
 *
 * @param known the identity of the picture that was looked at
 * @param onChange told whether the file is another now
 */
export function watchPicture(uri: Uri, known: PictureId, onChange: (isOther: boolean) => void): Disposable {
  const file = uri.with({ fragment: "" });
  const changed = async (changedUri: Uri) => {
    if (changedUri.toString() !== file.toString()) return;
    const now = await readPicture(uri).catch(() => undefined);
    onChange(now === undefined || sha256(now.bytes) !== fileHash(known));
  };
  // The folder is watched: a file's name could be read as a pattern.
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(file, ".."), "*"));
  watcher.onDidChange((other) => void changed(other));
  watcher.onDidDelete((other) => void changed(other));
  // Many tools save by putting a new file in the place of the old one.
  watcher.onDidCreate((other) => void changed(other));
  return watcher;
}
