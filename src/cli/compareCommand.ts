import { basename } from "node:path";
import { CancelledError, UserError } from "../errors.js";
import { headBytes } from "../measure/process/pictureProcess.js";
import { formatNamed } from "../render/formats.js";
import { type PictureOutcome, slim } from "../render/overview.js";
import { describeForecast } from "../run/many/forecast.js";
import { pictureAt } from "../sources/index.js";
import { type PicturePair, pairsOf, pairsWithin } from "../sources/pairs.js";
import type { LabelledPictures } from "../sources/picture.js";
import { readRegularFile, UnusableFileError } from "../sources/regularFile.js";
import { parseJson } from "../text/json.js";
import { plainName } from "../text/plain.js";
import { loneReport, sameReport } from "../workflows/compare/lone.js";
import { IgnoreFile, ignoreFile, parametersFor, type Zone } from "../workflows/compare/zones.js";
import type { Command } from "./arguments.js";
import type { CliContext } from "./context.js";
import { confirmCost, forecastOf, visualTokensOf } from "./costs.js";
import { prepareDestinations } from "./destinations.js";
import type { Options } from "./options.js";
import { Output } from "./output.js";
import { shownPath } from "./pictures.js";
import { runPictures } from "./runPictures.js";
import { writeStdout } from "./terminal.js";
import { exit, writeSummaries } from "./writeSummaries.js";

type WholePair = Required<PicturePair>;

const isWhole = (pair: PicturePair): pair is WholePair =>
  pair.before !== undefined && pair.after !== undefined;

/** No honest ignore file is larger. Bytes. */
const mostIgnoreBytes = 1024 * 1024;

/**
 * Compares two pictures, or the pairs of two folders.
 *
 * @returns the exit code
 * @throws UserError when there is nothing to compare, or results cannot be written
 */
export async function compareCommand(
  { workflow, before, after, options, isFormatGiven }: Extract<Command, { type: "pairs" }>,
  context: CliContext,
  stop: AbortController,
): Promise<number> {
  const { signal } = stop;
  const pairs = after === undefined ? await pairsWithin(before) : await pairsOf(before, after);
  const whole = new Map(pairs.filter(isWhole).map((pair) => [pair.name, pair]));
  const zones = await zonesOf(options, signal);
  const open = openPair(whole);
  const same = pairs.length > 1 ? await takeIdentical(whole, open, signal) : [];
  const forecast = () => {
    const candidates = [...whole.keys()].map((name) => ({
      pictures: () => open(name, signal),
      visualTokens: async () => {
        const heads = (await open(name, signal)).map(
          (picture) => async () => (await picture.bytes(signal)).subarray(0, headBytes),
        );
        const tokens = await Promise.all(heads.map((head) => visualTokensOf(head, options, context, signal)));
        return tokens.reduce((sum, one) => sum + one, 0);
      },
    }));
    return forecastOf(workflow, candidates, options, context, signal);
  };
  if (options.estimate) {
    writeStdout(`${describeForecast(await forecast())}\n`);
    return exit.fine;
  }
  await prepareDestinations(options);
  if (context.connection) await confirmCost(await forecast(), options, stop);
  const format = formatNamed(options.format);
  // Of many pairs, one report is read; single ones are written where they are asked for.
  const writesAll =
    options.out === undefined && format.many !== undefined && (pairs.length > 1 || !format.one);
  const isOneWanted = isFormatGiven || options.summary.length === 0;
  const lone = pairs.filter((pair) => !isWhole(pair));
  const names = [...whole.keys(), ...[...lone, ...same].map(({ name }) => name)];
  const output = new Output(names, options, isOneWanted && !writesAll);
  const finished = await runPictures(workflow, [...whole.keys()], options, context, output, signal, {
    open,
    parameters: (name) => parametersFor(zones, shownPath(name)),
  });
  for (const pair of lone) {
    const state = pair.after === undefined ? "removed" : "added";
    output.say(names.indexOf(pair.name), { picture: { name: plainName(basename(pair.name)) }, state });
  }
  for (const { name } of same)
    output.say(names.indexOf(name), { picture: { name: plainName(basename(name)) }, state: "same" });
  output.end();
  const pictures = [...finished.pictures, ...lone.map(loneOutcome), ...same.map(sameOutcome)];
  pictures.sort((a, b) => (a.path < b.path ? -1 : 1));
  return writeSummaries(workflow, { ...finished, pictures }, options, writesAll && isOneWanted, signal);
}

const openPair =
  (pairs: ReadonlyMap<string, WholePair>) =>
  async (name: string, signal: AbortSignal): Promise<LabelledPictures> => {
    const pair = pairs.get(name);
    if (!pair) throw new Error(`There is no pair ${name}`);
    const [before, after] = [await pictureAt(pair.before, signal), await pictureAt(pair.after, signal)];
    return [
      { ...before, label: "before" },
      { ...after, label: "after" },
    ];
  };

/** Takes out the pairs whose files are the same to the byte: of a thousand, most are, and none is even decoded. */
async function takeIdentical(
  pairs: Map<string, WholePair>,
  open: ReturnType<typeof openPair>,
  signal: AbortSignal,
): Promise<WholePair[]> {
  const same: WholePair[] = [];
  for (const pair of [...pairs.values()]) {
    // What cannot be read is said when it is compared.
    const [before, after] = await open(pair.name, signal).catch(() => []);
    if (signal.aborted) throw new CancelledError();
    if (before?.id === undefined || before.id !== after?.id) continue;
    same.push(pair);
    pairs.delete(pair.name);
  }
  return same;
}

const sameOutcome = ({ name }: PicturePair): PictureOutcome => ({
  path: shownPath(name),
  sha256: "",
  state: "done",
  report: slim(sameReport(plainName(basename(name)))),
});

/** A picture that is on one side alone. */
function loneOutcome({ name, after }: PicturePair): PictureOutcome {
  const report = loneReport(plainName(basename(name)), after === undefined ? "removed" : "added");
  return { path: shownPath(name), sha256: "", state: "done", report: slim(report) };
}

/** What is left out: by the options, and by the ignore file. */
async function zonesOf(options: Options, signal: AbortSignal): Promise<Zone[]> {
  const named = options.ignore.map((box, index) => ({ name: `--ignore ${index + 1}`, box }));
  const place = options["ignore-file"] ?? ignoreFile;
  const text = await readIgnoreFile(place, signal);
  if (text === undefined && options["ignore-file"] === undefined) return named;
  const parsed = IgnoreFile.safeParse(text === undefined ? undefined : parseJson(text));
  if (parsed.success) return [...named, ...parsed.data.zones];
  const issue = parsed.error.issues[0];
  const at = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}: ${issue.message}` : "";
  throw new UserError({
    code: "wrongInput",
    problem: text === undefined ? `There is no file ${place}.` : `${place} is no ignore file${at}.`,
    advice: "It holds a version and zones, each with a name and a box, words or pictures.",
  });
}

async function readIgnoreFile(place: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return (await readRegularFile(place, { most: mostIgnoreBytes, signal })).toString("utf8");
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    if (error.reason === "missing") return undefined;
    throw new UserError({
      code: "wrongInput",
      problem: `${place} is no ignore file. ${error.message}`,
      advice: "Name another one with --ignore-file.",
      cause: error,
    });
  }
}
