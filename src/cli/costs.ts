import { createInterface } from "node:readline/promises";
import { abortable } from "../async/abortable.js";
import { UserError } from "../errors.js";
import type { WorkflowId } from "../report.js";
import { questionAbout } from "../run/ask.js";
import { type Candidate, describeForecast, type Forecast, forecast } from "../run/many/forecast.js";
import { prepareAndMeasure } from "../run/prepare.js";
import { askSettings } from "../run/settings.js";
import { headOf, sha256OfFile } from "../sources/file.js";
import { pictureAt } from "../sources/index.js";
import { onlyPicture } from "../sources/picture.js";
import { dollars } from "../text/dollars.js";
import { plainName } from "../text/plain.js";
import { workflowOf } from "../workflows/index.js";
import { type CliContext, settingsOf } from "./context.js";
import type { Options } from "./options.js";
import { logStderr, writeStdout } from "./terminal.js";

/** What most likely costs more is confirmed. US$. */
const confirmAbove = 0.5;

/** What a command would cost. */
export function forecastFor(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  context: CliContext,
  signal: AbortSignal,
): Promise<Forecast> {
  const candidates = paths.map((path) => ({
    pictures: async () =>
      [{ id: await sha256OfFile(path, signal), label: "", covers: options.cover }] as const,
    visualTokens: () => visualTokensOf(() => headOf(path, signal), options, context, signal),
  }));
  return forecastOf(workflow, candidates, options, context, signal);
}

/** The same for pictures that are asked about together. */
export const forecastOf = (
  workflow: WorkflowId,
  candidates: readonly Candidate[],
  options: Options,
  { app }: CliContext,
  signal: AbortSignal,
): Promise<Forecast> =>
  forecast(workflowOf(workflow), candidates, settingsOf(options, workflowOf(workflow)), app, signal);

/** How many visual tokens a picture will have, by its first bytes. */
export const visualTokensOf = async (
  head: () => Promise<Uint8Array>,
  options: Options,
  { app }: CliContext,
  signal: AbortSignal,
): Promise<number> => app.pictures.forecast(await head(), app.provider.limitsFor(options.model), signal);

/**
 * A command that most likely costs more than a little is confirmed: by a person, by `--yes`, or by a bound.
 *
 * @throws UserError when it is not
 * @throws CancelledError when the signal aborts while a person is asked
 */
export async function confirmCost(
  found: Forecast,
  options: Options,
  stop: Pick<AbortController, "signal" | "abort">,
): Promise<void> {
  const cost = options.batch ? found.later : found.cost;
  if (found.pictures > 1) logStderr(`${describeForecast(found, options.batch)}.`);
  if (cost === undefined || cost <= confirmAbove || options.yes || options["max-cost"] !== undefined) return;
  if (process.stdin.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // While it is asked, the terminal gives Ctrl-C to the question alone.
    terminal.once("SIGINT", () => stop.abort());
    const answer = await abortable(
      terminal.question(`Go on for about ${dollars(cost)}? [y/N] `),
      stop.signal,
    ).finally(() => terminal.close());
    if (/^y(es)?$/i.test(answer.trim())) return;
  }
  throw new UserError({
    code: "costNotConfirmed",
    problem: `Nothing was sent: this most likely costs ${dollars(cost)}.`,
    advice: "Add --yes, or a bound with --max-cost.",
  });
}

/** Says the exact number of tokens of each picture's question, by the API's count. */
export async function countExactly(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  { app, connection }: CliContext,
  signal: AbortSignal,
): Promise<void> {
  if (!connection)
    throw new UserError({
      code: "keyMissing",
      problem: "Tokens are counted by the API, which needs a key.",
      advice: "Set ANTHROPIC_API_KEY.",
    });
  const { countTokens } = await app.provider.connect(connection);
  if (!countTokens)
    throw new UserError({
      code: "wrongInput",
      problem: "This provider does not count tokens.",
      advice: "Use --estimate.",
    });
  const deps = await app.dependencies(undefined);
  for (const path of paths) {
    const pictures = onlyPicture(await pictureAt(path, signal), options.cover);
    const request = {
      workflow: workflowOf(workflow),
      pictures,
      settings: settingsOf(options, workflowOf(workflow)),
    };
    const settings = askSettings(request, app.provider);
    const context = { ...request, signal, onEvent: () => undefined, deps };
    const prepared = await prepareAndMeasure(context, settings);
    const tokens = await countTokens(questionAbout(request.workflow, settings, prepared), signal);
    writeStdout(`${tokens}\t${plainName(path)}\n`);
  }
}
