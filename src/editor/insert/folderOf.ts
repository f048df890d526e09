import { Uri, workspace } from "vscode";

/** The folder that a file is in, for people: within the workspace if it is there. */
export function folderOf(file: Uri): string {
  const folder = Uri.joinPath(file, "..");
  const root = workspace.getWorkspaceFolder(folder);
  return root?.uri.toString() === folder.toString() ? root.name : workspace.asRelativePath(folder);
}
