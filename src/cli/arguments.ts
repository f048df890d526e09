import { parseArgs } from "node:util";
import { type Format, formatNamed, formats, holds } from "../render/formats.js";
import type { WorkflowId } from "../report.js";
import type { TargetId } from "../workflows/diagram/emit/targets.js";
import { isWorkflow, workflowOf, workflows } from "../workflows/index.js";
import { isAboutChanges } from "./failOn.js";
import { Options, optionsHelp, parserOptions } from "./options.js";

const ofPictures = Object.values(workflows).filter(({ compares }) => !compares);

export const usage = `Usage: screenshot-workbench ${ofPictures.map(({ id }) => id).join("|")} PICTURE|FOLDER… [options]
       screenshot-workbench compare BEFORE AFTER | FOLDER [options]
       screenshot-workbench convert FILE --to LANGUAGE [--out DIR]
       screenshot-workbench mcp [--root DIR]… [options]
       screenshot-workbench batch wait|status|results|cancel ID [PICTURE|FOLDER…] [options]

${optionsHelp}

BEFORE and AFTER are pictures, folders, or git:REV:path; FOLDER holds *-expected and *-actual pictures, or the folders
before and after.
The key is read from ANTHROPIC_API_KEY. Without one, pictures are measured alone.
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
  | { type: "convert"; file: string; to: TargetId; out: string | undefined }
  | { type: "mcp"; options: Options }
  /** @property isFormatGiven whether `--format` or `--out` stands there */
  | { type: "run"; workflow: WorkflowId; paths: string[]; options: Options; isFormatGiven: boolean }
  /** @property after absent where the pairs lie in one folder */
  | {
      type: "pairs";
      workflow: WorkflowId;
      before: string;
      after: string | undefined;
      options: Options;
      isFormatGiven: boolean;
    }
  | {
      type: "batch";
      action: BatchAction;
      id: string;
      paths: string[];
      options: Options;
      isFormatGiven: boolean;
    };

export class UsageError extends Error {}

/** The endings that a summary may have. */
const summaryEndings = formats.flatMap(({ ending, many }) => (many ? [`.${ending}`] : [])).join(", ");

/** The ending of a summary's file says what it is. */
export const summaryFormatOf = (file: string): Format | undefined =>
  formats.find(({ ending, many }) => many !== undefined && file.toLowerCase().endsWith(`.${ending}`));

/** @throws UsageError */
export function readArguments(argv: string[]): Command {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return { type: "help" };
  if (values.version === true) return { type: "version" };
  const read = Options.safeParse(values);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UsageError(`--${String(issue?.path[0])}: ${issue?.message}`);
  }
  const options = read.data;
  for (const file of options.summary)
    if (!summaryFormatOf(file)) throw new UsageError(`--summary: ${file} ends in none of ${summaryEndings}.`);
  const isFormatGiven =
    values.format !== undefined || values.out !== undefined || values.target !== undefined;
  const [name, ...rest] = positionals;
  if (name === "convert") {
    const [file, another] = rest;
    if (file === undefined || another !== undefined) throw new UsageError("Name the one file of a diagram.");
    if (!options.to) throw new UsageError("Say with --to which language to write.");
    return { type: "convert", file, to: options.to, out: options.out };
  }
  if (options.to) throw new UsageError("--to is for convert.");
  if (name === "mcp") {
    if (rest.length > 0) throw new UsageError("mcp takes no files: agents name them.");
    if (options.cover.length > 0) throw new UsageError("--cover is for one picture, and mcp serves many.");
    return { type: "mcp", options };
  }
  if (options.root.length > 0) throw new UsageError("--root is for mcp.");
  if (name === "batch") {
    const [action, id, ...paths] = rest;
    const known = batchActions.find((each) => each === action);
    if (!known) throw new UsageError(`Name what to do with the batch: ${batchActions.join(", ")}.`);
    if (!id) throw new UsageError("Name the batch's id.");
    return { type: "batch", action: known, id, paths, options, isFormatGiven };
  }
  if (name === undefined || !isWorkflow(name))
    throw new UsageError(name === undefined ? "Name a workflow." : `There is no workflow “${name}”.`);
  if (rest.length === 0) throw new UsageError("Name at least one picture.");
  const { title, presentation } = workflowOf(name);
  for (const format of [formatNamed(options.format), ...options.summary.map(summaryFormatOf)])
    if (format && !holds(format, name))
      throw new UsageError(`${format.title} cannot hold what “${title}” finds.`);
  if (options.target && presentation.result !== "graph")
    throw new UsageError(`--target is for diagrams, and “${title}” makes none.`);
  if (options.target && values.format !== undefined)
    throw new UsageError("--target and --format exclude each other.");
  if (presentation.result !== "grid")
    for (const option of ["kind", "schema", "vocabulary"] as const)
      if (values[option] !== undefined)
        throw new UsageError(`--${option} is for data, and “${title}” extracts none.`);
  if (options.batch && options.offline) throw new UsageError("--batch and --offline exclude each other.");
  const failOn = options["fail-on"];
  if (workflowOf(name).compares) {
    const [before, after, another] = rest;
    if (before === undefined || another !== undefined)
      throw new UsageError("Name two pictures or folders, or one folder that holds the pairs.");
    if (options.batch || options["count-tokens"])
      throw new UsageError("Pictures are not compared with --batch, nor counted with --count-tokens.");
    if (failOn && !isAboutChanges(failOn))
      throw new UsageError("--fail-on takes substantive, any or none where pictures are compared.");
    return { type: "pairs", workflow: name, before, after, options, isFormatGiven };
  }
  if (failOn && isAboutChanges(failOn)) throw new UsageError(`--fail-on ${failOn} is for compare.`);
  if (options.ignore.length > 0 || options["ignore-file"] !== undefined)
    throw new UsageError("--ignore and --ignore-file are for compare.");
  return { type: "run", workflow: name, paths: rest, options, isFormatGiven };
}

function parsed(argv: string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options: parserOptions });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
