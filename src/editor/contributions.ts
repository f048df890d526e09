import { workflows } from "../../package.json";
import type { AgentToolName } from "./manifest/agentTools.js";
import type { EditorCommand } from "./manifest/commands.js";

/** Names that package.json contributes and the code uses. */

/** The section of the settings, and what the ids of commands begin with. */
export const section = "screenshotWorkbench";

export const commandId = (command: EditorCommand): string => `${section}.${command}`;

/** The id of a workflow's own command; the one that runs it has the workflow's id. */
export const workflowCommandId = (name: string): string => `${section}.${name}`;

/**
 * What has to be known of the workflows before any is loaded. It stands in package.json, where it is generated from the
 * registry.
 */
export const contributedWorkflows: ReadonlyArray<{
  id: string;
  /** The names of its commands. */
  commands: readonly string[];
  /** How it is offered where pictures are pasted. */
  paste?: { title: string; order: number };
}> = workflows;

/** Names the server for agents to VS Code. */
export const mcpProvider = `${section}.mcp`;

/** The id of a tool that the editor's agents may call. */
export const agentToolId = (tool: AgentToolName): string => `${section}_${tool}`;

export { panelType } from "./panelType.js";
export const tableType = "screenshotWorkbench.table";
export const spendType = "screenshotWorkbench.spend";
export const historyView = "screenshotWorkbench.history";

/** Pictures can be pasted and dropped into documents of these languages. */
export const pasteLanguages = ["markdown", "plaintext", "yaml"] as const;
