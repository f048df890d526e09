import { Uri, workspace } from "vscode";
import { CancelledError } from "../../errors.js";
import { baselineFile, mostBaselineBytes, readBaseline } from "../../render/baseline.js";
import { summaryFormats } from "../../render/formats.js";
import { overviewOf, type PictureOutcome, slim } from "../../render/overview.js";
import { needsReview } from "../../report.js";
import { evaluateRecord } from "../../run/evaluate.js";
import { gitPlaceOf } from "../../sources/git.js";
import type { Table } from "../../store/tables.js";
import { loneReport } from "../../workflows/compare/lone.js";
import { saveBytes } from "../insert/insert.js";
import { showStatus } from "../notify.js";
import { withProgress } from "../panel/progress.js";
import { readFile } from "../readFile.js";
import type { Services } from "../services.js";

const notShown = "Nothing is kept of this run that this version can show. Run it again.";

/** Saves one report on all pictures of a table. */
export async function exportTable(table: Table, id: string, services: Services): Promise<void> {
  const format = summaryFormats(table.workflow).find((one) => one.id === id);
  if (!format?.many) throw new Error(`A table cannot be saved as ${id}`);
  const pictures = await withProgress("Collecting the results", (signal) =>
    outcomesOf(table, services, signal),
  );
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const baseline = folder && (await baselineIn(folder));
  const overview = overviewOf(table.workflow, pictures, baseline);
  const written = format.many(overview, baseline !== undefined);
  const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
  const file = `${table.workflow}-summary.${format.ending}`;
  const saved = await saveBytes(bytes, file, format.title, folder);
  if (saved) showStatus("The report was saved.");
}

async function outcomesOf(
  { rows }: Table,
  { history, decisions }: Services,
  signal: AbortSignal,
): Promise<PictureOutcome[]> {
  const pictures: PictureOutcome[] = [];
  await decisions.refresh();
  for (const { source, name, picture = "", runKey, state, said, cost, alone } of rows) {
    if (signal.aborted) throw new CancelledError();
    const sha256 = picture;
    const path =
      source === "" || gitPlaceOf(source) ? name : workspace.asRelativePath(Uri.parse(source, true));
    if (alone) {
      pictures.push({ path, sha256, state: "done", report: slim(loneReport(name, alone)) });
      continue;
    }
    const isDone = state === "done" || state === "review";
    const record = isDone && runKey ? await history.record(runKey) : undefined;
    const run = record && evaluateRecord(record);
    if (!run) {
      const isFailed = state === "failed" || isDone;
      const reason = isDone ? notShown : said || "It was not run to its end.";
      pictures.push({ path, sha256, state: isFailed ? "failed" : "cancelled", reason });
      continue;
    }
    const { report } = run;
    const screen = source === "" ? undefined : source;
    const decided = { ...report, findings: decisions.apply({ picture, screen }, report) };
    pictures.push({
      path,
      sha256,
      state: needsReview(decided) ? "review" : "done",
      report: slim(decided),
      ...(cost === undefined ? {} : { cost }),
    });
  }
  return pictures;
}

async function baselineIn(folder: Uri): Promise<Set<string> | undefined> {
  const bytes = await readFile(Uri.joinPath(folder, baselineFile), mostBaselineBytes).then(
    (read) => read,
    () => undefined,
  );
  return bytes && readBaseline(new TextDecoder().decode(bytes));
}
