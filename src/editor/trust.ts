import { workspace } from "vscode";
import { UserError } from "../errors.js";

/**
 * Commands can be called in other ways than by the menus that look at trust.
 *
 * @throws UserError in a workspace that is not trusted
 */
export function requireTrust(): void {
  if (workspace.isTrusted) return;
  throw new UserError({
    code: "notTrusted",
    problem: "This workspace is not trusted, so its pictures are not read.",
    advice: "Trust it first (Workspaces: Manage Workspace Trust).",
  });
}
