import { basename } from "node:path";
import { ProgressLocation, Uri, window } from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { describeForecast, forecast } from "../../run/many/forecast.js";
import { gitPlaceOf } from "../../sources/git.js";
import type { PicturePair } from "../../sources/pairs.js";
import type { TableRow } from "../../store/tables.js";
import { dollars } from "../../text/dollars.js";
import { workflowOf } from "../../workflows/index.js";
import type { Features } from "../features.js";
import { folderOf } from "../insert/folderOf.js";
import { inert } from "../notify.js";
import { picturesOf } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { subjectOfRow } from "../tables/rowSubject.js";
import type { Comparing } from "./compareChosen.js";

/**
 * Compares the pairs of two folders, in a table with a row each. Pictures that are on one side alone are in it, too.
 *
 * @throws UserError when there is nothing to compare
 * @throws CancelledError when the person does not want what it costs
 */
export async function compareFolders(
  { workflow, offline }: Comparing,
  pairs: readonly PicturePair[],
  folder: Uri,
  { services, tables }: Features,
): Promise<void> {
  if (pairs.length === 0)
    throw new UserError({
      code: "wrongInput",
      problem: "There are no pictures on either side.",
      advice: "Choose another folder or revision.",
    });
  const rows = pairs.map(rowOf);
  const isAsked = !offline && (await services.keys.known()) !== undefined;
  if (isAsked) await confirm(workflow, rows, services);
  await tables.runRows(workflow, rows, {
    offline: !isAsked,
    when: "now",
    folder: folderOf(Uri.joinPath(folder, "x")),
  });
}

function rowOf({ name, before, after }: PicturePair): TableRow {
  const source = placeOf(after ?? before ?? "");
  const row = { source, name: basename(name), findings: {}, said: "" };
  if (before !== undefined && after !== undefined)
    return { ...row, before: placeOf(before), state: "waiting" };
  const alone = after === undefined ? "removed" : "added";
  return {
    ...row,
    alone,
    state: "done",
    findings: { serious: 1 },
    said: alone === "added" ? "The picture is new." : "The picture is gone.",
  };
}

/** A place as it is kept: a URI, or one in git. */
const placeOf = (place: string): string => (gitPlaceOf(place) ? place : Uri.file(place).toString());

/** @throws CancelledError when it is not to be run */
async function confirm(workflow: string, rows: readonly TableRow[], services: Services): Promise<void> {
  const { app } = services;
  const most = app.provider.limitsFor(settings.model(workflow)).visualTokens;
  const candidates = rows
    .filter(({ alone }) => alone === undefined)
    .map((row) => ({
      pictures: async () => picturesOf(await subjectOfRow(workflow, row)),
      // Two pictures of whatever size: what differs in nothing is not even asked about.
      visualTokens: async () => 2 * most,
    }));
  const found = await window.withProgress(
    { location: ProgressLocation.Window, title: "Estimating the cost" },
    () => forecast(workflowOf(workflow), candidates, settings.asking(workflow), app),
  );
  const { cost = 0 } = found;
  if (found.cost !== undefined && cost <= settings.confirmAbove()) return;
  const now = `Compare${found.cost === undefined ? "" : ` (at most about ${dollars(cost)})`}`;
  const chosen = await window.showInformationMessage(
    inert(`${workflowOf(workflow).title}: ${describeForecast(found)}.`),
    { modal: true, detail: "Pairs in which nothing differs cost nothing." },
    now,
  );
  if (chosen !== now) throw new CancelledError();
}
