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

/** The workflow of an id that was kept; undefined for one that this version does not have. */
export const findWorkflow = (id: string): Workflow | undefined =>
  isWorkflow(id) ? workflows[id] : undefined;

/** @throws UserError when there is none of this name, as where an older or newer version wrote it */
export function workflowOf(id: string): Workflow {
  const workflow = findWorkflow(id);
  if (workflow) return workflow;
  throw new UserError({
    code: "wrongInput",
    problem: `There is no workflow “${id}” in this version.`,
    advice: "Update Screenshot Workbench, or run another workflow on the picture.",
  });
}
