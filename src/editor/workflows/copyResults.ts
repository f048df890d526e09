import { env, type Uri } from "vscode";
import { documentOf } from "../../render/document.js";
import { workflowOf } from "../../workflows/index.js";
import { showStatus } from "../notify.js";
import { confirmInDialog } from "../panel/consent.js";
import { withProgress } from "../panel/progress.js";
import { runSubject, stagesTo } from "../panel/runSubject.js";
import { subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";

/**
 * Runs a workflow without a panel and puts what comes of it on the clipboard, one picture's after the other's. Nothing
 * is sent where the workflow can do without.
 *
 * @throws UserError when a picture cannot be read or the run fails
 * @throws CancelledError when the person cancels
 */
export async function copyResults(workflow: string, uris: readonly Uri[], services: Services): Promise<void> {
  const { title, offline } = workflowOf(workflow);
  const canMeasure = offline !== undefined;
  const texts = await withProgress(title, async (signal, say) => {
    const done: string[] = [];
    for (const uri of uris) {
      const subject = await subjectAt(workflow, uri);
      const result = await runSubject(subject, services, {
        offline: canMeasure,
        needsPicture: false,
        signal,
        confirm: (request) => confirmInDialog(request, canMeasure),
        onEvent: stagesTo((words) => say(`${subject.name}: ${words}`)),
      });
      done.push(documentOf(result.report).text.trimEnd());
    }
    return done;
  });
  await env.clipboard.writeText(texts.join("\n\n"));
  showStatus(texts.length === 1 ? `${title}: copied.` : `${title}: ${texts.length} results copied.`);
}
