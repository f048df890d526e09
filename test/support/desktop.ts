import { execFileSync } from "node:child_process";

/** A desktop VS Code: named by VSCODE_EXECUTABLE, or `code` on the PATH. */
export function findDesktop(): string | undefined {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  try {
    const [first] = execFileSync(process.platform === "win32" ? "where" : "which", ["code"], {
      encoding: "utf8",
    }).split(/\r?\n/);
    return first || undefined;
  } catch {
    return undefined;
  }
}
