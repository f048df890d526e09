import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** A desktop VS Code: named by VSCODE_EXECUTABLE, or `code` on the PATH. */
export function findDesktop(): string | undefined {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const isWindows = process.platform === "win32";
  const command = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, isWindows ? "code.cmd" : "code"))
    .find((file) => existsSync(file));
  // On Windows the command is a script, which only a shell runs, in a folder beside the program.
  return command && isWindows ? join(dirname(dirname(command)), "Code.exe") : command;
}
