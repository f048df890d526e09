import { type Disposable, RelativePattern, Uri, workspace } from "vscode";
import { sha256 } from "../../image/sha256.js";
import { readPicture } from "../ways-in/pictures.js";

/**
 * Tells when a picture's file changes or goes.
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
  watcher.onDidChange((at) => void changed(at));
  watcher.onDidDelete((at) => void changed(at));
  return watcher;
}
