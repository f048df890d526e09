import { Uri, workspace } from "vscode";
import { CancelledError } from "../../errors.js";
import type { exportFormats } from "../../protocol/table.js";
import { baselineFile, readBaseline } from "../../render/baseline.js";
import { overviewOf, type PictureOutcome, slim } from "../../render/overview.js";
import { auditsToSarif } from "../../render/sarif.js";
import { renderSummary } from "../../render/summary.js";
import { needsReview } from "../../report.js";
import { evaluate } from "../../run/evaluate.js";
import { runId } from "../../store/runs/runSummary.js";
import type { Table } from "../../store/tables.js";
import { workflows } from "../../workflows/index.js";
import { saveBytes } from "../insert/insert.js";
import { showStatus } from "../notify.js";
import { withProgress } from "../panel/progress.js";
import type { Services } from "../services.js";

type ExportFormat = (typeof exportFormats)[number];

const endings: Record<ExportFormat, string> = { markdown: "md", html: "html", csv: "csv", sarif: "sarif" };

/** Saves one report on all pictures of a table. */
export async function exportTable(table: Table, format: ExportFormat, services: Services): Promise<void> {
  const pictures = await withProgress("Collecting the results", (signal) =>
    outcomesOf(table, services, signal),
  );
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const baseline = folder && (await baselineIn(folder));
  const overview = overviewOf(table.workflow, pictures, baseline);
  const text =
    format === "sarif"
      ? `${JSON.stringify(auditsToSarif(overview, __VERSION__, baseline !== undefined), null, 2)}\n`
      : renderSummary(overview, format);
  const file = `${table.workflow}-summary.${endings[format]}`;
  const saved = await saveBytes(new TextEncoder().encode(text), file, format, folder);
  if (saved) showStatus("The report was saved.");
}

async function outcomesOf(
  { workflow, rows }: Table,
  { history, decisions }: Services,
  signal: AbortSignal,
): Promise<PictureOutcome[]> {
  const pictures: PictureOutcome[] = [];
  for (const { source, sha256 = "", state, said, cost } of rows) {
    if (signal.aborted) throw new CancelledError();
    const path = workspace.asRelativePath(Uri.parse(source, true));
    const run =
      state === "done" || state === "review" ? await history.record(runId({ workflow, sha256 })) : undefined;
    if (!run) {
      const isFailed = state === "failed" || state === "done" || state === "review";
      const reason = said || "It was not run to its end.";
      pictures.push({ path, sha256, state: isFailed ? "failed" : "cancelled", reason });
      continue;
    }
    const { report } = evaluate(workflows[workflow], run.asked?.answer, run);
    const decided = { ...report, findings: decisions.apply(sha256, report.findings) };
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
  const bytes = await workspace.fs.readFile(Uri.joinPath(folder, baselineFile)).then(
    (read) => read,
    () => undefined,
  );
  return bytes && readBaseline(new TextDecoder().decode(bytes));
}
