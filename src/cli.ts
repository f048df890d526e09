import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { z } from "zod";
import { efforts } from "./claude/effort.js";
import { defaultBaseUrl, defaultModel } from "./claude/models.js";
import { describeWait } from "./claude/retry.js";
import { CancelledError, toUserError, UserError } from "./errors.js";
import { mostBytes } from "./image/caps.js";
import { languagesSchema } from "./measure/languages.js";
import type { RunEvent } from "./pipeline/askAbout.js";
import { Machinery } from "./pipeline/machinery.js";
import { redactions } from "./pipeline/redaction.js";
import { type ImageSource, type RunResult, run } from "./pipeline/run.js";
import { factsOf } from "./render/facts.js";
import { runToJson } from "./render/json.js";
import { reportToMarkdown } from "./render/markdown.js";
import { type AuditedPicture, auditsToSarif } from "./render/sarif.js";
import { Impact, impacts, Report, standing } from "./report.js";
import { plainText } from "./text/plain.js";
import { diagram } from "./workflows/diagram/diagram.js";
import { emitTarget } from "./workflows/diagram/emit/emitTarget.js";
import { type TargetId, targetIds, targets } from "./workflows/diagram/emit/targets.js";
import { jobs } from "./workflows/index.js";
import { known, notesOn } from "./workflows/workflow.js";

const usage = `Usage: screenshot-workbench audit|triage|diagram PICTURE… [options]

  --format markdown|json|sarif   what to write (default markdown; sarif for audits)
  --target T                     write the diagram alone, in this language (diagram):
                                 ${targetIds.slice(0, 5).join("|")}|
                                 ${targetIds.slice(5).join("|")}
  --out DIR                      write one file a picture there, instead of to standard output
  --model M                      the model to ask (default ${defaultModel})
  --effort E                     ${efforts.join("|")}
  --base-url U                   the API's address (default ${defaultBaseUrl})
  --fail-on IMPACT               exit with 1 on findings at or above ${impacts.join("|")}
  --offline                      measure the picture, and ask nobody (audit and triage)
  --redaction ${redactions.join("|")}    cover what looks like a secret before it is sent (default ask,
                                 which means always where there is nobody to ask)
  --pixel-ratio N                pixels for each CSS pixel (default: guessed)
  --languages L                  languages of the text, by Tesseract's names, such as eng+deu (default eng)
  --language-folder DIR          where the data for languages other than English lies

The key is read from ANTHROPIC_API_KEY. Without one, audits and triages are measured alone.
Exit codes: 0 fine, 1 findings at or above --fail-on, 2 wrong usage or unusable picture, 3 the API failed.
`;

const Options = z.object({
  format: z.enum(["markdown", "json", "sarif"]).default("markdown"),
  target: z.enum(targetIds).optional(),
  out: z.string().min(1).optional(),
  model: z.string().min(1).default(defaultModel),
  effort: z.enum(efforts).default("medium"),
  "base-url": z.string().default(defaultBaseUrl),
  "fail-on": Impact.optional(),
  offline: z.boolean().default(false),
  redaction: z.enum(redactions).default("ask"),
  "pixel-ratio": z.coerce.number().positive().max(8).optional(),
  languages: languagesSchema.default(["eng"]),
  "language-folder": z.string().min(1).optional(),
  help: z.boolean().default(false),
});
type Options = z.infer<typeof Options>;

const exit = { fine: 0, findings: 1, usage: 2, api: 3 } as const;

class UsageError extends Error {}

interface Arguments {
  job: keyof typeof jobs;
  pictures: string[];
  options: Options;
}

function readArguments(argv: string[]): Arguments | "help" {
  const text = { type: "string" } as const;
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        format: text,
        target: text,
        out: text,
        model: text,
        effort: text,
        "base-url": text,
        "fail-on": text,
        offline: { type: "boolean" },
        redaction: text,
        "pixel-ratio": text,
        languages: text,
        "language-folder": text,
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const options = Options.safeParse(parsed.values);
  if (!options.success) {
    const issue = options.error.issues[0];
    throw new UsageError(`--${issue?.path.join(".")}: ${issue?.message}`);
  }
  if (options.data.help) return "help";
  const [name, ...pictures] = parsed.positionals;
  const job = Report.shape.workflow.safeParse(name);
  if (!job.success) throw new UsageError(name === undefined ? "Name a job." : `There is no job “${name}”.`);
  if (pictures.length === 0) throw new UsageError("Name at least one picture.");
  if (options.data.format === "sarif" && job.data !== "audit")
    throw new UsageError("SARIF is for audits alone.");
  if (options.data.target && job.data !== "diagram") throw new UsageError("--target is for diagrams alone.");
  if (options.data.target && parsed.values.format !== undefined)
    throw new UsageError("--target and --format exclude each other.");
  return { job: job.data, pictures, options: options.data };
}

/** Regular files only: a pipe or a device would be read for ever. */
async function readPicture(path: string): Promise<ImageSource> {
  const name = basename(path);
  const unusable = (problem: string) =>
    new UserError({ problem, advice: "Name a picture file.", next: ["chooseAnotherPicture"] });
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw unusable("The file does not exist or cannot be read.");
  if (!stats.isFile()) throw unusable("This is no regular file.");
  if (stats.size > mostBytes) throw unusable(`The file is larger than ${mostBytes / 1024 / 1024} MB.`);
  return { name, bytes: await readFile(path) };
}

/** What became of one picture; `text` is its diagram in the language that was asked for. */
type Outcome = { path: string; result: RunResult; text?: string } | { path: string; error: UserError };

async function runAll(
  { job, pictures, options }: Arguments,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const machinery = new Machinery((file) => fileURLToPath(new URL(file, import.meta.url)));
  const { model, effort } = options;
  const outcomes: Outcome[] = [];
  try {
    const connection = apiKey === undefined ? undefined : { apiKey, baseUrl: options["base-url"] };
    const around = await machinery.surroundings(connection);
    const measuring = {
      pixelRatio: options["pixel-ratio"],
      languages: options.languages,
      languageFolder: options["language-folder"] && resolve(options["language-folder"]),
    };
    for (const path of pictures) {
      const name = basename(path);
      try {
        const source = await readPicture(path);
        const onEvent = (event: RunEvent) => {
          if (event.type === "waiting") tell(`${name}: ${describeWait(event.wait)}.`);
          if (event.type !== "measured") return;
          // Before anything is sent.
          for (const note of notesOn(event.measurement)) tell(`${name}: ${note}`);
        };
        const { redaction } = options;
        const offline = connection === undefined;
        const how = { model, effort, signal, onEvent, redaction, measuring, offline };
        const result = await run(jobs[job], source, how, around);
        tell(`${name}: ${factsOf(result).join(" · ")}`);
        const text = options.target && diagramIn(options.target, result);
        outcomes.push({ path, result, ...(text === undefined ? {} : { text }) });
      } catch (thrown) {
        const error = toUserError(thrown, name);
        if (error instanceof CancelledError) throw error;
        tell(error.message);
        outcomes.push({ path, error });
      }
    }
  } finally {
    machinery.dispose();
  }
  return outcomes;
}

/** @throws UserError when the language cannot express the diagram */
function diagramIn(target: TargetId, result: RunResult): string {
  const read = known(diagram, result.asked?.answer, result);
  if (!read) throw new Error("A diagram is not read without asking");
  const { text, losses } = emitTarget(read.graph, target);
  for (const loss of losses) tell(`${result.picture.name}: ${loss}`);
  return text;
}

/** To standard error: standard output holds results alone. A file's name may hold anything. */
function tell(sentence: string): void {
  process.stderr.write(`${plainText(sentence)}\n`);
}

const endings = { markdown: "md", json: "json", sarif: "sarif" } as const;

function render(outcomes: Outcome[], { format, target }: Options): string {
  const results = outcomes.flatMap((outcome) => ("result" in outcome ? [outcome] : []));
  if (target) return results.map(({ text = "" }) => text).join("\n");
  if (format === "markdown") return results.map(({ result }) => reportToMarkdown(result.report)).join("\n");
  if (format === "sarif") return toJson(auditsToSarif(results.map(audited), __VERSION__));
  const entries = outcomes.map((outcome) =>
    "result" in outcome
      ? runToJson(outcome.result)
      : { picture: { name: basename(outcome.path) }, error: outcome.error.message },
  );
  return toJson(outcomes.length === 1 ? entries[0] : entries);
}

const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function audited({ path, result }: { path: string; result: RunResult }): AuditedPicture {
  const place = relative(process.cwd(), resolve(path)).split(sep).join("/");
  return { path: place, sha256: result.picture.sha256, report: result.report };
}

async function write(outcomes: Outcome[], options: Options): Promise<void> {
  const { format, target, out } = options;
  const ending = target ? targets[target].ending : endings[format];
  if (out === undefined) {
    if (outcomes.some((outcome) => "result" in outcome) || format !== "markdown")
      process.stdout.write(render(outcomes, options));
    return;
  }
  await mkdir(out, { recursive: true });
  const taken = new Set<string>();
  for (const outcome of outcomes) {
    if (!("result" in outcome)) continue;
    const base = basename(outcome.path);
    let name = `${base}.${ending}`;
    for (let number = 2; taken.has(name); number++) name = `${base}-${number}.${ending}`;
    taken.add(name);
    await writeFile(join(out, name), render([outcome], options));
  }
}

function exitCode(outcomes: Outcome[], failOn: Impact | undefined): number {
  const errors = outcomes.flatMap((outcome) => ("error" in outcome ? [outcome.error] : []));
  if (errors.some((error) => !error.next.includes("chooseAnotherPicture"))) return exit.api;
  if (errors.length > 0) return exit.usage;
  const failing = failOn === undefined ? [] : impacts.slice(0, impacts.indexOf(failOn) + 1);
  const fails = outcomes.some(
    (outcome) =>
      "result" in outcome &&
      standing(outcome.result.report.findings).some(({ impact }) => failing.includes(impact)),
  );
  return fails ? exit.findings : exit.fine;
}

async function main(): Promise<number> {
  let args: Arguments | "help";
  try {
    args = readArguments(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    tell(`${error.message}\n\n${usage}`);
    return exit.usage;
  }
  if (args === "help") {
    process.stdout.write(usage);
    return exit.fine;
  }
  const apiKey = args.options.offline ? undefined : process.env.ANTHROPIC_API_KEY || undefined;
  if (apiKey === undefined) {
    const { title, offline } = jobs[args.job];
    if (!offline) {
      tell(
        `“${title}” needs Claude: the pixels alone do not tell it. Set the environment variable ANTHROPIC_API_KEY.`,
      );
      return exit.usage;
    }
    if (!args.options.offline) tell("No API key is set in ANTHROPIC_API_KEY: the picture is measured alone.");
  }
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  try {
    const outcomes = await runAll(args, apiKey, stop.signal);
    await write(outcomes, args.options);
    return exitCode(outcomes, args.options["fail-on"]);
  } catch (error) {
    tell(toUserError(error).message);
    return error instanceof CancelledError ? 130 : exit.api;
  }
}

process.exitCode = await main();
