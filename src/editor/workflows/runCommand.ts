import type { Uri } from "vscode";
import { describeForecast } from "../../run/many/forecast.js";
import { workflowOf } from "../../workflows/index.js";
import type { Features } from "../features.js";
import { showError } from "../notify.js";
import { subjectOf } from "../panel/subjects.js";
import { confirmMany, forecastOf } from "../tables/confirmMany.js";
import { chosenPictures, pickPictures, readPicture } from "../ways-in/pictures.js";
import { copyResults } from "./copyResults.js";

/**
 * Does what a workflow's command says: runs it in a panel, on many pictures in a table, or copies its result.
 *
 * @param name of the command, as the workflow declares it
 * @param clicked the picture or folder that was clicked on, if any
 * @param selected all that were selected
 * @throws UserError when a picture cannot be read
 * @throws CancelledError when no picture is chosen
 */
export async function runCommand(
  { workflow, name }: { workflow: string; name: string },
  clicked: unknown,
  selected: unknown,
  features: Features,
): Promise<void> {
  const { presentation, offline: canMeasure, compares } = workflowOf(workflow);
  const { services, tables } = features;
  const way = presentation.commands.find((command) => command.name === name)?.way ?? "panel";
  if (compares) {
    const { compareChosen } = await import("../compare/compareChosen.js");
    return compareChosen({ workflow, offline: way === "offline" }, clicked, selected, features);
  }
  const isAsked = way === "panel" && (await services.keys.known()) !== undefined;
  const describe = async (uri: Uri) => describeForecast(await forecastOf(workflow, [uri], services));
  const uris = await chosenPictures(clicked, selected, isAsked ? describe : undefined);
  if (way === "copy") return copyResults(workflow, uris, services);
  if (uris.length === 1) return runInPanels(workflow, uris, way === "offline", features);
  const when = isAsked ? await confirmMany(workflow, uris, services) : "now";
  await tables.run(workflow, uris, { offline: !isAsked && canMeasure !== undefined, when });
}

/** One after the other; where a picture cannot be read, another can be chosen. */
async function runInPanels(
  workflow: string,
  uris: readonly Uri[],
  offline: boolean,
  features: Features,
): Promise<void> {
  const { results, services } = features;
  for (const uri of uris) {
    try {
      await results.run(subjectOf(workflow, await readPicture(uri)), { offline });
    } catch (error) {
      void showError(error, services.log, {
        chooseAnotherPicture: async () => runInPanels(workflow, await pickPictures(), offline, features),
      });
    }
  }
}
