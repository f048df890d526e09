import { UserError } from "../errors.js";
import * as registry from "./registry.js";
import type { Workflow } from "./workflow.js";

/** Where a workflow stands in a list: as in the menu. */
const place = ({ id, presentation: { commands } }: Workflow): number =>
  commands.find(({ name }) => name === id)?.menu.order ?? 0;

const inOrder = Object.fromEntries(Object.entries(registry).sort(([, a], [, b]) => place(a) - place(b)));

/** The workflows by their ids, in the order in which they are listed. */
export const workflows: typeof registry & Readonly<Record<string, Workflow>> = { ...inOrder, ...registry };

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
