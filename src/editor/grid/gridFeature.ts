import { Uri } from "vscode";
import { readMessage } from "../../protocol/channel.js";
import { GridAction, type GridView } from "../../protocol/grid.js";
import { type Format, formatNamed, formats, renderOne } from "../../render/formats.js";
import { type Document, type Grid, type GridCell, isCellUnsure, type Report } from "../../report.js";
import { evaluate } from "../../run/evaluate.js";
import { problemsOf } from "../../run/repair.js";
import { currentAnswer, type RunResult } from "../../store/runs/runResult.js";
import { differences, withText } from "../../workflows/extract/corrections.js";
import { ExtractAnswer } from "../../workflows/extract/schema.js";
import { workflowOf } from "../../workflows/index.js";
import { saveBytes } from "../insert/insert.js";
import { showStatus } from "../notify.js";
import type { FeatureHost, ResultFeature } from "../panel/feature.js";

/** The formats that a document can hold, by VS Code's names of their languages. */
const languages: Readonly<Record<string, string>> = {
  markdown: "markdown",
  csv: "csv",
  tsv: "tsv",
  jsonl: "jsonl",
  typescript: "typescript",
  python: "python",
  sql: "sql",
};

/** Data that is corrected cell by cell, and inserted or saved in one format or another. */
export async function createGridFeature(
  run: RunResult,
  host: FeatureHost,
): Promise<ResultFeature | undefined> {
  const { response } = run;
  const first = ExtractAnswer.safeParse(response?.answer);
  if (!response || !first.success) return undefined;
  const feature = new GridFeature(run, first.data, host);
  await feature.check();
  return feature;
}

class GridFeature implements ResultFeature {
  private format: Format = formatNamed("markdown");
  private problems: string[] = [];

  constructor(
    private run: RunResult,
    private readonly first: ExtractAnswer,
    private readonly host: FeatureHost,
  ) {}

  /** Holds the data against the person's schema. */
  async check(): Promise<void> {
    const { checkSchema } = await this.host.services.dependencies(undefined);
    this.problems = await problemsOf(this.run, { checkSchema });
  }

  view(): GridView {
    return {
      formats: [
        { id: "json", title: "JSON" },
        ...formats.filter(({ id }) => id in languages).map(({ id, title }) => ({ id, title })),
      ],
      chosen: this.format.id,
      corrected: this.corrected,
      problems: this.problems,
    };
  }

  report(report: Report): Report {
    const { grid } = report;
    if (!grid) return report;
    const paths = new Set(this.corrected);
    return {
      ...report,
      grid: withCorrections(grid, paths),
      fields: report.fields.filter(({ label }) => !paths.has(label)),
    };
  }

  async act(raw: unknown): Promise<void> {
    const action = readMessage(GridAction, raw);
    switch (action.action) {
      case "chooseFormat":
        this.format = formats.find(({ id }) => id === action.format) ?? this.format;
        return this.host.changed();
      case "correct":
        return this.correct(action.path, action.text);
      case "saveWorkbook":
        return this.saveWorkbook();
    }
  }

  async document(): Promise<Document> {
    const { id, title, ending } = this.format;
    if (id === "json") {
      const text = `${JSON.stringify(this.run.report.grid?.data, null, 2)}\n`;
      return { title, language: "json", ending, text };
    }
    const written = id === "markdown" ? this.run.report.documents[0]?.text : this.written(this.format);
    return { title, language: languages[id] ?? "plaintext", ending, text: String(written ?? "") };
  }

  private async correct(path: string, text: string): Promise<void> {
    const answer = ExtractAnswer.parse(currentAnswer(this.run));
    const edit = { answer: withText(answer, path, text), time: new Date().toISOString() };
    const edited = { ...this.run, edits: [...this.run.edits, edit] };
    this.run = { ...edited, ...evaluate(workflowOf(edited.settings.workflow), edited) };
    await this.check();
    await this.host.replace(this.run);
  }

  private async saveWorkbook(): Promise<void> {
    const { uri, name } = this.host.subject;
    const format = formatNamed("xlsx");
    const written = this.written(format);
    const bytes = typeof written === "string" ? new TextEncoder().encode(written) : written;
    const file = name.replace(/\.[^.]*$/, `.${format.ending}`);
    if (await saveBytes(bytes, file, format.title, uri && Uri.joinPath(uri, "..")))
      showStatus("The workbook was saved.");
  }

  private written(format: Format): string | Uint8Array {
    return renderOne(format, { ...this.run, report: this.report(this.run.report) }, this.host.subject.name);
  }

  private get corrected(): string[] {
    return differences(this.first, ExtractAnswer.parse(currentAnswer(this.run)));
  }
}

/** A value that a person has corrected is sure, whatever OCR reads. */
function withCorrections(grid: Grid, corrected: ReadonlySet<string>): Grid {
  const settled = (cell: GridCell): GridCell => {
    if (!corrected.has(cell.path)) return cell;
    const { other: _, ...rest } = cell;
    return { ...rest, confidence: "high", evidence: isCellUnsure(cell) ? "seen" : cell.evidence };
  };
  return {
    ...grid,
    fields: grid.fields.map(settled),
    tables: grid.tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(settled)) })),
  };
}
