import { type Disposable, RelativePattern, Uri, workspace } from "vscode";
import { sha256 } from "../../image/sha256.js";
import { readPicture } from "../ways-in/pictures.js";

/**
 * Tells when a picture's file changes, goes or comes back.
 *
 * @param known SHA-256 of the bytes that were looked at, hexadecimal
 * @param onChange told whether the file is another now
 */
export function watchPicture(uri: Uri, known: string, onChange: (isOther: boolean) => void): Disposable {
  const changed = async (changedUri: Uri) => {
    if (changedUri.toString() !== uri.toString()) return;
    const now = await readPicture(uri).catch(() => undefined);
    onChange(now === undefined || sha256(now.bytes) !== known);
  };
  // The folder is watched: a file's name could be read as a pattern.
  const watcher = workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, ".."), "*"));
  watcher.onDidChange((file) => void changed(file));
  watcher.onDidDelete((file) => void changed(file));
  // Many tools save by putting a new file in the place of the old one.
  watcher.onDidCreate((file) => void changed(file));
  return watcher;
}
