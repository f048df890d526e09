import type { WorkflowId } from "../report.js";
import { audit } from "./audit/audit.js";
import { diagram } from "./diagram/diagram.js";
import { triage } from "./triage/triage.js";
import { asJob, type Job } from "./workflow.js";

/** The jobs. A new one is one line here. */
export const jobs: Record<WorkflowId, Job> = {
  audit: asJob(audit),
  triage: asJob(triage),
  diagram: asJob(diagram),
};
