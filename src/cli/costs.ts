import { createInterface } from "node:readline/promises";
import { UserError } from "../errors.js";
import { limitsOf } from "../image/limits.js";
import type { WorkflowId } from "../report.js";
import { questionAbout } from "../run/ask.js";
import { type AskSettings, secretsUnder } from "../run/keys.js";
import { describeForecast, type Forecast, forecast } from "../run/many/forecast.js";
import { look } from "../run/prepare.js";
import { headOf, sha256OfFile } from "../sources/files.js";
import { dollars } from "../text/dollars.js";
import { workflows } from "../workflows/index.js";
import { type CliContext, measuringOf } from "./context.js";
import { logStderr } from "./logStderr.js";
import type { Options } from "./options.js";
import { pictureAt } from "./pictures.js";

/** What most likely costs more is confirmed. US$. */
const confirmAbove = 0.5;

export const askingOf = (options: Options): AskSettings => ({
  model: options.model,
  effort: options.effort,
  measuring: measuringOf(options),
  secrets: secretsUnder(options.redaction),
});

/** What a command would cost. */
export async function forecastFor(
  workflow: WorkflowId,
  paths: readonly string[],
  options: Options,
  context: CliContext,
): Promise<Forecast> {
  const limits = limitsOf(options.model);
  const candidates = paths.map((path) => ({
    sha256: () => sha256OfFile(path),
    visualTokens: async () => context.app.pictures.forecast(await headOf(path), limits),
  }));
  return forecast(workflows[workflow], candidates, askingOf(options), context);
}

/**
 * A command that most likely costs more than a little is confirmed: by a person, by `--yes`, or by a bound.
 *
 * @throws UserError when it is not
 */
export async function confirmCost(found: Forecast, options: Options): Promise<void> {
  const cost = options.batch ? found.later : found.cost;
  if (found.pictures > 1) logStderr(`${describeForecast(found, options.batch)}.`);
  if (cost === undefined || cost <= confirmAbove || options.yes || options["max-cost"] !== undefined) return;
  if (process.stdin.isTTY) {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`Go on for about ${dollars(cost)}? [y/N] `);
    terminal.close();
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
  const { countTokens } = await import("../providers/anthropic/countTokens.js");
  const dependencies = await app.dependencies(undefined);
  for (const path of paths) {
    const source = await pictureAt(path);
    const seen = await look(workflows[workflow], source, askingOf(options), { signal }, dependencies);
    const tokens = await countTokens(connection, questionAbout(workflows[workflow], seen, options), signal);
    process.stdout.write(`${tokens}\t${path}\n`);
  }
}
