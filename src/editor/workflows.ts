import { commands, type Disposable, type Uri, window } from "vscode";
import type { WorkflowId } from "../report.js";
import { type Command, commandId } from "./contributions.js";
import type { Features } from "./features.js";
import type { Log } from "./log.js";
import { failable, showError } from "./notify.js";
import { requireTrust } from "./trust.js";

/** The workflows, from the explorer, a tab, the image preview or the command palette. */
export function registerJobs(log: Log, features: () => Promise<Features>): Disposable[] {
  const workflow = (workflow: WorkflowId, command: Command = workflow) =>
    commands.registerCommand(
      commandId(command),
      failable(log, async (clicked: unknown, selected: unknown) => {
        requireTrust();
        const offline = command === "auditOffline";
        const { results, tables, services } = await features();
        const { chosenPictures } = await import("./ways-in/pictures.js");
        const asks = !offline && (await services.keys.known()) !== undefined;
        const describe = async (uri: Uri) => {
          const { forecastOf } = await import("./tables/confirmMany.js");
          const { describeForecast } = await import("../run/many/forecast.js");
          return describeForecast(await forecastOf(workflow, [uri], services));
        };
        const uris = await chosenPictures(clicked, selected, asks ? describe : undefined);
        if (uris.length > 1) return runMany(uris, asks);
        const { subjectOf } = await import("./panel/subjects.js");
        const { readPicture, pickPictures } = await import("./ways-in/pictures.js");
        const runOn = async (uri: Uri): Promise<void> => {
          try {
            await results.run(subjectOf(workflow, await readPicture(uri)), { offline });
          } catch (error) {
            void showError(error, log, {
              chooseAnotherPicture: async () => {
                for (const other of await pickPictures()) await runOn(other);
              },
            });
          }
        };
        for (const uri of uris) await runOn(uri);

        async function runMany(many: readonly Uri[], isAsked: boolean): Promise<void> {
          const { confirmMany } = await import("./tables/confirmMany.js");
          const when = isAsked ? await confirmMany(workflow, many, services) : "now";
          await tables.run(workflow, many, { offline: !isAsked && workflow !== "diagram", when });
        }
      }),
    );
  return [workflow("audit"), workflow("triage"), workflow("diagram"), workflow("audit", "auditOffline")];
}

/** Counts the tokens of pictures exactly, for a workflow that the person chooses. */
export async function countTokens(
  features: () => Promise<Features>,
  clicked: unknown,
  selected: unknown,
): Promise<void> {
  requireTrust();
  const { services } = await features();
  const { chosenPictures } = await import("./ways-in/pictures.js");
  const { countPictures } = await import("./tables/countPictures.js");
  const { workflows } = await import("../workflows/index.js");
  const uris = await chosenPictures(clicked, selected);
  const items = Object.values(workflows).map(({ id, title }) => ({ label: title, id }));
  const chosen = await window.showQuickPick(items, { title: "Count Tokens For" });
  if (chosen) await countPictures(chosen.id, uris, services);
}
