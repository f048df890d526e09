import { parseArgs } from "node:util";
import type { summaryFormats } from "../render/summary.js";
import { Report, type WorkflowId } from "../report.js";
import { Options, optionsHelp, parserOptions } from "./options.js";

export const usage = `Usage: screenshot-workbench audit|triage|diagram PICTURE|FOLDER… [options]
       screenshot-workbench batch wait|status|results|cancel ID [PICTURE|FOLDER…] [options]

${optionsHelp}

The key is read from ANTHROPIC_API_KEY. Without one, audits and triages are measured alone.
Answers are kept in SCREENSHOT_WORKBENCH_STORAGE, by default where applications keep their data.
Exit codes: 0 fine, 1 findings at or above --fail-on, 2 wrong usage or unusable picture, 3 the API failed or a
budget does not suffice.
`;

export const batchActions = ["wait", "status", "results", "cancel"] as const;
export type BatchAction = (typeof batchActions)[number];

/** What the command line asks for. */
export type Command =
  | { type: "help" }
  | { type: "version" }
  /** @property isFormatGiven whether `--format` or `--out` stands there */
  | { type: "run"; workflow: WorkflowId; paths: string[]; options: Options; isFormatGiven: boolean }
  | {
      type: "batch";
      action: BatchAction;
      id: string;
      paths: string[];
      options: Options;
      isFormatGiven: boolean;
    };

export class UsageError extends Error {}

/** The ending of a summary's file says what it is. */
export const summaryEndings: Record<string, (typeof summaryFormats)[number] | "sarif"> = {
  md: "markdown",
  html: "html",
  csv: "csv",
  sarif: "sarif",
};

/** @throws UsageError */
export function readArguments(argv: string[]): Command {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return { type: "help" };
  if (values.version === true) return { type: "version" };
  const read = Options.safeParse(values);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UsageError(`--${issue?.path.join(".")}: ${issue?.message}`);
  }
  const options = read.data;
  for (const file of options.summary) {
    const ending = file.slice(file.lastIndexOf(".") + 1);
    if (!(ending in summaryEndings))
      throw new UsageError(`--summary: ${file} ends in none of .md, .html, .csv, .sarif.`);
  }
  const isFormatGiven =
    values.format !== undefined || values.out !== undefined || values.target !== undefined;
  const [name, ...rest] = positionals;
  if (name === "batch") {
    const [action, id, ...paths] = rest;
    const known = batchActions.find((each) => each === action);
    if (!known) throw new UsageError(`Name what to do with the batch: ${batchActions.join(", ")}.`);
    if (!id) throw new UsageError("Name the batch's id.");
    return { type: "batch", action: known, id, paths, options, isFormatGiven };
  }
  const workflow = Report.shape.workflow.safeParse(name);
  if (!workflow.success)
    throw new UsageError(name === undefined ? "Name a workflow." : `There is no workflow “${name}”.`);
  if (rest.length === 0) throw new UsageError("Name at least one picture.");
  if (options.format === "sarif" && workflow.data !== "audit")
    throw new UsageError("SARIF is for audits alone.");
  if (options.target && workflow.data !== "diagram") throw new UsageError("--target is for diagrams alone.");
  if (options.target && values.format !== undefined)
    throw new UsageError("--target and --format exclude each other.");
  if (options.batch && options.offline) throw new UsageError("--batch and --offline exclude each other.");
  return { type: "run", workflow: workflow.data, paths: rest, options, isFormatGiven };
}

function parsed(argv: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options: parserOptions });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
