import { workspace } from "vscode";
import { settings } from "../settings.js";

/**
 * What stands behind the command line's name to serve agents: the workspace's folders, and what the person has set.
 * Undefined where there is nothing to serve: in a workspace that is not trusted, or without folders on this machine.
 */
export function serverArguments(): string[] | undefined {
  const roots = (workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .flatMap(({ uri }) => ["--root", uri.fsPath]);
  if (!workspace.isTrusted || roots.length === 0) return undefined;
  const { pixelRatio, languages, languageFolder } = settings.measuring();
  const { daily, command } = settings.caps();
  const set: ReadonlyArray<[name: string, value: string | number | undefined]> = [
    ["redaction", settings.redaction()],
    ["model", settings.model()],
    ["base-url", settings.baseUrl()],
    ["languages", languages.join("+")],
    ["language-folder", languageFolder],
    ["pixel-ratio", pixelRatio],
    // Without a bound, the command line's own holds: agents spend no more than that unasked.
    ["daily-budget", Number.isFinite(daily) ? daily : undefined],
    ["max-cost", Number.isFinite(command) ? command : undefined],
  ];
  const options = set.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  return ["mcp", ...roots, ...options];
}
