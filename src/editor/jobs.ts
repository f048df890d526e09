import { commands, type Disposable, window } from "vscode";
import { CancelledError } from "../errors.js";
import type { WorkflowId } from "../report.js";
import { type Command, commandId } from "./contributions.js";
import type { Log } from "./log.js";
import { failable, showError } from "./notify.js";
import type { ResultPanels } from "./resultPanels.js";
import { requireTrust } from "./trust.js";

/** Each picture asks the API: more than a few at once are confirmed. */
const fewPictures = 5;

/** The jobs, from the explorer, a tab, the image preview or the command palette. */
export function registerJobs(log: Log, panels: () => Promise<ResultPanels>): Disposable[] {
  const job = (workflow: WorkflowId, command: Command = workflow) =>
    commands.registerCommand(
      commandId(command),
      failable(log, async (clicked: unknown, selected: unknown) => {
        requireTrust();
        const { chosenPictures, pickPictures, readPicture } = await import("./ways-in/pictures.js");
        const { subjectOf } = await import("./runSubject.js");
        const uris = await chosenPictures(clicked, selected);
        const offline = command === "auditOffline";
        if (!offline && uris.length > fewPictures && !(await confirmed(uris.length)))
          throw new CancelledError();
        const all = await panels();
        const runOn = async (uri: (typeof uris)[number]): Promise<void> => {
          try {
            await all.run(subjectOf(workflow, await readPicture(uri)), { offline });
          } catch (error) {
            // One picture's failure does not stop the rest.
            void showError(error, log, {
              chooseAnotherPicture: async () => {
                for (const other of await pickPictures()) await runOn(other);
              },
            });
          }
        };
        await Promise.all(uris.map(runOn));
      }),
    );
  return [job("audit"), job("triage"), job("diagram"), job("audit", "auditOffline")];
}

async function confirmed(count: number): Promise<boolean> {
  const go = `Ask About ${count} Pictures`;
  const message = `${count} pictures are sent to the API, one request each.`;
  return (await window.showWarningMessage(message, { modal: true }, go)) === go;
}
