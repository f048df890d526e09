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
