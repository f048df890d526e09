import { UserError } from "../errors.js";
import { baselineFile, mostBaselineBytes, readBaseline, writeBaseline } from "../render/baseline.js";
import { type Format, formatNamed } from "../render/formats.js";
import { type Overview, overviewOf, stateCounts } from "../render/overview.js";
import type { WorkflowId } from "../report.js";
import { readRegularFile, UnusableFileError } from "../sources/regularFile.js";
import { dollars } from "../text/dollars.js";
import { summaryFormatOf } from "./arguments.js";
import { writeResult } from "./destinations.js";
import { fails } from "./failOn.js";
import type { Options } from "./options.js";
import type { Finished } from "./runPictures.js";
import { logStderr, writeStdout } from "./terminal.js";

export const exit = { fine: 0, findings: 1, usage: 2, api: 3, interrupted: 130 } as const;

/** Writes what is about all pictures together. @returns the exit code */
export async function writeSummaries(
  workflow: WorkflowId,
  { pictures, errors }: Finished,
  options: Options,
  /** Whether standard output is to hold one report on all. */
  writesAll: boolean,
  signal: AbortSignal,
): Promise<number> {
  const baseline = await findBaseline(options, signal);
  const overview = overviewOf(workflow, pictures, baseline);
  const write = (format: Format | undefined) => format?.many?.(overview, baseline !== undefined) ?? "";
  if (writesAll) writeStdout(write(formatNamed(options.format)));
  for (const file of options.summary) writeResult(file, write(summaryFormatOf(file)));
  if (options["update-baseline"]) {
    const file = options.baseline ?? baselineFile;
    writeResult(file, writeBaseline(overview));
    logStderr(`${file} was written.`);
  }
  if (pictures.length > 1) logStderr(`${totalsOf(overview)}.`);
  return exitCode(overview, errors, options);
}

function totalsOf({ pictures }: Overview): string {
  const { done, review, failed, cancelled } = stateCounts(pictures);
  const cost = pictures.reduce((sum, picture) => sum + (picture.cost ?? 0), 0);
  const rest = [
    ...(review > 0 ? [`${review} to review`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
  ];
  return [`${pictures.length} pictures: ${done} done`, ...rest, dollars(cost)].join(", ");
}

async function findBaseline(
  { baseline, ...options }: Options,
  signal: AbortSignal,
): Promise<Set<string> | undefined> {
  const file = baseline ?? baselineFile;
  const text = await readBaselineFile(file, signal);
  // One that is about to be written need not be there.
  if (text === undefined && (baseline === undefined || options["update-baseline"])) return undefined;
  const known = text === undefined ? undefined : readBaseline(text);
  if (known) return known;
  throw new UserError({
    code: "wrongInput",
    problem: text === undefined ? `There is no baseline ${file}.` : `${file} is no baseline.`,
    advice:
      text === undefined
        ? "Write one with --update-baseline."
        : "Correct or delete it, then write a new one with --update-baseline.",
  });
}

/** Undefined where there is none. @throws UserError when it is none that can be read */
async function readBaselineFile(file: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await readRegularFile(file, { most: mostBaselineBytes, signal })).toString("utf8");
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    if (error.reason === "missing") return undefined;
    throw new UserError({
      code: "wrongInput",
      problem: `${file} is no baseline. ${error.message}`,
      advice: "Name a file that --update-baseline has written.",
      cause: error,
    });
  }
}

function exitCode(
  { groups }: Overview,
  errors: readonly UserError[],
  { "fail-on": failOn }: Options,
): number {
  if (errors.length > 0) return Math.max(...errors.map((error) => error.exitCode));
  const isFailing = groups.some(({ places }) =>
    places.some(({ finding, isNew }) => isNew && fails(finding, failOn)),
  );
  return isFailing ? exit.findings : exit.fine;
}
