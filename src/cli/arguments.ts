import { parseArgs } from "node:util";
import { z } from "zod";
import { provider } from "../app/provider.js";
import { languagesSchema } from "../measure/languages.js";
import { efforts } from "../providers/effort.js";
import type { summaryFormats } from "../render/summary.js";
import { Impact, impacts, Report, type WorkflowId } from "../report.js";
import { redactions } from "../store/redaction.js";
import { targetIds } from "../workflows/diagram/emit/targets.js";

const { defaultModel, defaultBaseUrl } = provider;

export const usage = `Usage: screenshot-workbench audit|triage|diagram PICTURE|FOLDER… [options]
       screenshot-workbench batch wait|status|results|cancel ID [PICTURE|FOLDER…] [options]

  --format markdown|json|sarif   what to write (default markdown; sarif for audits)
  --target T                     write the diagram alone, in this language (diagram):
                                 ${targetIds.slice(0, 5).join("|")}|
                                 ${targetIds.slice(5).join("|")}
  --out DIR                      write one file a picture there, instead of to standard output
  --summary FILE                 write all pictures as one, the same problem in one place; by its ending
                                 .md, .html, .csv or .sarif; can be given several times
  --baseline FILE                findings that are known: only new ones count for --fail-on
                                 (default .screenshot-workbench-baseline.json, where there is one)
  --update-baseline              write what was found to the baseline
  --fail-on IMPACT               exit with 1 on findings at or above ${impacts.join("|")}

  --model M                      the model to ask (default ${defaultModel})
  --effort E                     ${efforts.join("|")}
  --base-url U                   the API's address (default ${defaultBaseUrl})
  --at-once N                    pictures that are worked on at once (default 4)
  --batch                        submit, to be answered within a day at half price; prints the batch's id
  --again                        ask anew what was answered before
  --estimate                     say what it would cost, and ask nothing
  --count-tokens                 say it exactly, by the API's own count, which is free
  --max-cost US$                 what this command may cost at most (default 10)
  --daily-budget US$             what may be spent a day on this machine (default 20)
  --allow-unknown-price          ask a model whose price is not known, and which no budget can bound
  --yes                          go on even if it most likely costs more than US$ 0.50

  --offline                      measure the picture, and ask nobody (audit and triage)
  --redaction ${redactions.join("|")}    cover what looks like a secret before it is sent (default ask,
                                 which means always where there is nobody to ask)
  --pixel-ratio N                pixels for each CSS pixel (default: guessed)
  --languages L                  languages of the text, by Tesseract's names, such as eng+deu (default eng)
  --language-folder DIR          where the data for languages other than English lies

The key is read from ANTHROPIC_API_KEY. Without one, audits and triages are measured alone.
Answers are kept in SCREENSHOT_WORKBENCH_STORAGE, by default where applications keep their data.
Exit codes: 0 fine, 1 findings at or above --fail-on, 2 wrong usage or unusable picture, 3 the API failed or a
budget does not suffice.
`;

const amount = z.coerce.number().nonnegative();

const Options = z.object({
  format: z.enum(["markdown", "json", "sarif"]).default("markdown"),
  target: z.enum(targetIds).optional(),
  out: z.string().min(1).optional(),
  summary: z.array(z.string().min(1)).default([]),
  baseline: z.string().min(1).optional(),
  "update-baseline": z.boolean().default(false),
  model: z.string().min(1).default(defaultModel),
  effort: z.enum(efforts).default("medium"),
  "base-url": z.string().default(defaultBaseUrl),
  "fail-on": Impact.optional(),
  "at-once": z.coerce.number().int().min(1).max(16).default(4),
  batch: z.boolean().default(false),
  again: z.boolean().default(false),
  estimate: z.boolean().default(false),
  "count-tokens": z.boolean().default(false),
  "max-cost": amount.optional(),
  "daily-budget": amount.default(20),
  "allow-unknown-price": z.boolean().default(false),
  yes: z.boolean().default(false),
  offline: z.boolean().default(false),
  redaction: z.enum(redactions).default("ask"),
  "pixel-ratio": z.coerce.number().positive().max(8).optional(),
  languages: languagesSchema.default(["eng"]),
  "language-folder": z.string().min(1).optional(),
  help: z.boolean().default(false),
});
export type Options = z.infer<typeof Options>;

export const batchActions = ["wait", "status", "results", "cancel"] as const;
export type BatchAction = (typeof batchActions)[number];

/** What the command line asks for. */
export type Command =
  | { type: "help" }
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

const flags = [
  "update-baseline",
  "batch",
  "again",
  "estimate",
  "count-tokens",
  "allow-unknown-price",
  "yes",
  "offline",
] as const;

/** @throws UsageError */
export function readArguments(argv: string[]): Command {
  const { values, positionals } = parsed(argv);
  const read = Options.safeParse(values);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new UsageError(`--${issue?.path.join(".")}: ${issue?.message}`);
  }
  const options = read.data;
  if (options.help) return { type: "help" };
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
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const isFlag = (name: string) => flags.some((each) => each === name);
  const names = Object.keys(Options.shape).filter((name) => name !== "help" && name !== "summary");
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        ...Object.fromEntries(names.map((name) => [name, isFlag(name) ? flag : text])),
        summary: { ...text, multiple: true },
        help: { ...flag, short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
