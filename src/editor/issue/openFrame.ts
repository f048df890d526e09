import { Range, Uri, ViewColumn, window, workspace } from "vscode";
import { bestPath, type Frame } from "../../workflows/triage/frames.js";
import { showInfo } from "../notify.js";

/** Files of one name that are looked at. */
const mostFiles = 100;

/** Opens the workspace's file that a stack frame names, at its line; says so when there is none. */
export async function openFrame({ file, line, column = 1 }: Frame): Promise<void> {
  const name = file.replaceAll("\\", "/").split("/").at(-1) ?? "";
  // What is special in a pattern is no part of a name that a trace holds.
  const pattern = `**/${name.replace(/[*?[\]{}]/g, "?")}`;
  const found = await workspace.findFiles(pattern, "**/node_modules/**", mostFiles);
  const path = bestPath(
    file,
    found.map((uri) => uri.path),
  );
  const uri = found.find((one) => one.path === path);
  if (!uri) return showInfo(`No file in this workspace is named ${name}.`);
  const place = new Range(line - 1, column - 1, line - 1, column - 1);
  await window.showTextDocument(Uri.from(uri), { selection: place, viewColumn: ViewColumn.Beside });
}
