#!/usr/bin/env node
import { readArguments, UsageError, usage } from "./cli/arguments.js";
import { batchCommand } from "./cli/batchCommand.js";
import { conclude, exit } from "./cli/conclude.js";
import { confirmCost, countExactly, forecastFor } from "./cli/costs.js";
import { machineFor } from "./cli/machine.js";
import { Output } from "./cli/output.js";
import { namedPictures } from "./cli/pictures.js";
import { runPictures } from "./cli/runPictures.js";
import { submit } from "./cli/submitCommand.js";
import { tell } from "./cli/tell.js";
import { CancelledError, toUserError, UserError } from "./errors.js";
import { describeForecast } from "./run/many/forecast.js";
import { dayOf } from "./store/ledger/ledger.js";
import { describeJump, jumpsIn, spendOf } from "./store/ledger/spend.js";
import { jobs } from "./workflows/index.js";

async function main(argv: string[], environmentKey: string | undefined): Promise<number> {
  const command = readArguments(argv);
  if (command.type === "help") {
    process.stdout.write(usage);
    return exit.fine;
  }
  const { options, isFormatGiven } = command;
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const { signal } = stop;
  const apiKey = options.offline ? undefined : environmentKey;
  const machine = machineFor(options, apiKey);
  try {
    if (command.type === "batch") {
      const { action, id, paths } = command;
      return await batchCommand(action, id, paths, options, isFormatGiven, machine, signal);
    }
    const { job } = command;
    const paths = await namedPictures(command.paths);
    if (options["count-tokens"]) {
      await countExactly(job, paths, options, machine, signal);
      return exit.fine;
    }
    if (options.estimate) {
      process.stdout.write(
        `${describeForecast(await forecastFor(job, paths, options, machine), options.batch)}\n`,
      );
      return exit.fine;
    }
    checkKey(jobs[job], apiKey, options.offline);
    if (apiKey !== undefined) await confirmCost(await forecastFor(job, paths, options, machine), options);
    if (options.batch) return await submit(job, paths, options, machine, signal);
    const output = new Output(paths, options, isFormatGiven || options.summary.length === 0);
    const finished = await runPictures(job, paths, options, machine, output, signal);
    output.end();
    const writesSarif = options.format === "sarif" && options.out === undefined;
    const code = await conclude(job, finished, options, writesSarif);
    // Where nothing is sent, no day of the ledger has to be read.
    for (const jump of apiKey === undefined ? [] : jumpsIn(spendOf(await machine.ledger.all())))
      if (jump.day === dayOf(new Date())) tell(describeJump(jump));
    // What was done is written, even so.
    return signal.aborted ? exit.interrupted : code;
  } finally {
    machine.machinery.dispose();
  }
}

/** @throws UserError when the job cannot do without a key */
function checkKey(
  { title, offline }: (typeof jobs)["audit"],
  apiKey: string | undefined,
  isWanted: boolean,
): void {
  if (apiKey !== undefined) return;
  if (!offline) {
    throw new UserError({
      problem: `“${title}” needs Claude: the pixels alone do not tell it.`,
      advice: "Set the environment variable ANTHROPIC_API_KEY.",
      next: ["chooseAnotherPicture"],
    });
  }
  if (!isWanted) tell("No API key is set in ANTHROPIC_API_KEY: the picture is measured alone.");
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env.ANTHROPIC_API_KEY || undefined);
} catch (thrown) {
  if (thrown instanceof UsageError) {
    tell(`${thrown.message}\n\n${usage}`);
    process.exitCode = exit.usage;
  } else {
    const error = toUserError(thrown);
    tell(error.message);
    if (error instanceof CancelledError) process.exitCode = exit.interrupted;
    else process.exitCode = error.next.includes("chooseAnotherPicture") ? exit.usage : exit.api;
  }
}
