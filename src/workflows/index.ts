import { UserError } from "../errors.js";
import { audit } from "./audit/audit.js";
import { diagram } from "./diagram/diagram.js";
import { triage } from "./triage/triage.js";
import { defineWorkflow, type Workflow } from "./workflow.js";

/** The workflows, in the order in which they are listed. A new one is one line here. */
const registry = {
  audit: defineWorkflow(audit),
  triage: defineWorkflow(triage),
  diagram: defineWorkflow(diagram),
};

export const workflows: typeof registry & Readonly<Record<string, Workflow>> = registry;

export const isWorkflow = (id: string): boolean => Object.hasOwn(registry, id);

/** @throws UserError when there is none of this name, as where an older or newer version wrote it */
export function workflowOf(id: string): Workflow {
  const workflow = isWorkflow(id) ? workflows[id] : undefined;
  if (workflow) return workflow;
  throw new UserError({
    code: "wrongInput",
    problem: `There is no workflow “${id}” in this version.`,
    advice: "Update Screenshot Workbench, or run another workflow on the picture.",
  });
}
