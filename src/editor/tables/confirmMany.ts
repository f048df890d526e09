import { ProgressLocation, type Uri, window } from "vscode";
import { CancelledError } from "../../errors.js";
import { mostBytes } from "../../image/caps.js";
import type { WorkflowId } from "../../report.js";
import { describeForecast, type Forecast, forecast } from "../../run/many/forecast.js";
import { headOf } from "../../sources/file.js";
import { onlyPicture } from "../../sources/picture.js";
import { dollars } from "../../text/dollars.js";
import { workflowOf } from "../../workflows/index.js";
import { inert } from "../notify.js";
import { pictureAt } from "../panel/subjects.js";
import { readFile } from "../readFile.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import type { When } from "./tablePanel.js";

/** What a workflow on these pictures will cost, about. */
export async function forecastOf(
  workflow: WorkflowId,
  uris: readonly Uri[],
  { app }: Services,
): Promise<Forecast> {
  const limits = app.provider.limitsFor(settings.model(workflow));
  const candidates = uris.map((uri) => ({
    pictures: async () => onlyPicture(await pictureAt(uri)),
    visualTokens: async () => app.pictures.forecast(await beginningOf(uri), limits),
  }));
  return forecast(workflowOf(workflow), candidates, settings.asking(workflow), app);
}

/**
 * Says what a workflow on many pictures will cost, and asks whether and when to run it; below the threshold, it is run now.
 *
 * @throws CancelledError when it is not to be run
 */
export async function confirmMany(
  workflow: WorkflowId,
  uris: readonly Uri[],
  services: Services,
): Promise<When> {
  const { title } = workflowOf(workflow);
  const found = await window.withProgress(
    { location: ProgressLocation.Window, title: "Estimating the cost" },
    () => forecastOf(workflow, uris, services),
  );
  const { cost = 0, later, asked, pictures } = found;
  if (asked === pictures) return "now";
  const now = `Run Now${found.cost === undefined ? "" : ` (${dollars(found.cost)})`}`;
  const batch = `Run Later at Half Price${later === undefined ? "" : ` (${dollars(later)})`}`;
  const count = "Count Exactly";
  const isDear = cost > settings.confirmAbove();
  const message = `${title}: ${describeForecast(found)}.`;
  const detail = [
    `Model: ${settings.model(workflow)}. Estimated from the pictures' sizes; what was asked before costs nothing.`,
    ...(settings.redaction() === "ask" ? ["What looks like a secret is covered, without asking."] : []),
    ...(found.cost === undefined
      ? ["The price of this model is not known, so that no budget holds: set it in the settings, or go on."]
      : []),
    "Later: answered within a day, also while this window is closed.",
    ...(isDear
      ? [`This is more than the ${dollars(settings.confirmAbove())} that a command may cost unasked.`]
      : []),
  ].join("\n");
  const chosen = await window.showInformationMessage(
    inert(message),
    { modal: true, detail },
    now,
    batch,
    count,
  );
  if (chosen === now) return "now";
  if (chosen === batch) return "later";
  if (chosen !== count) throw new CancelledError();
  const { countPictures } = await import("./countPictures.js");
  await countPictures(workflow, uris, services);
  return confirmMany(workflow, uris, services);
}

/** Elsewhere than on the disk, all of a file is read. */
const beginningOf = (uri: Uri): Promise<Uint8Array> =>
  uri.scheme === "file" ? headOf(uri.fsPath) : readFile(uri, mostBytes);
