import type { WorkflowId } from "../report.js";
import { audit } from "./audit/audit.js";
import { diagram } from "./diagram/diagram.js";
import { triage } from "./triage/triage.js";
import { defineWorkflow, type Workflow } from "./workflow.js";

/** The workflows. A new one is one line here. */
export const workflows: Record<WorkflowId, Workflow> = {
  audit: defineWorkflow(audit),
  triage: defineWorkflow(triage),
  diagram: defineWorkflow(diagram),
};

/** The workflow of an id that was kept or typed; undefined for one that this version does not have. */
export const findWorkflow = (id: string): Workflow | undefined =>
  Object.values(workflows).find((workflow) => workflow.id === id);
