import { Uri } from "vscode";
import type { WorkflowId } from "../../report.js";
import type { TableRow } from "../../store/tables.js";
import { pictureOfPlace } from "../compare/places.js";
import { pairSubject, type Subject, subjectAt } from "../panel/subjects.js";

/**
 * What a row of a table is about.
 *
 * @throws UserError when there is no such picture
 */
export const subjectOfRow = async (workflow: WorkflowId, { source, before }: TableRow): Promise<Subject> =>
  before === undefined
    ? subjectAt(workflow, Uri.parse(source, true))
    : pairSubject(workflow, await pictureOfPlace(before), await pictureOfPlace(source));
