#!/usr/bin/env node
import { readArguments, UsageError, usage } from "./cli/arguments.js";
import { batchCommand } from "./cli/batchCommand.js";
import { compareCommand } from "./cli/compareCommand.js";
import { createContext } from "./cli/context.js";
import { confirmCost, countExactly, forecastFor } from "./cli/costs.js";
import { prepareDestinations } from "./cli/destinations.js";
import type { Options } from "./cli/options.js";
import { Output } from "./cli/output.js";
import { runPictures } from "./cli/runPictures.js";
import { withSchema } from "./cli/schemaFile.js";
import { submit } from "./cli/submitCommand.js";
import { logHelp, logStderr, writeStdout } from "./cli/terminal.js";
import { exit, writeSummaries } from "./cli/writeSummaries.js";
import { CancelledError, toUserError, UserError } from "./errors.js";
import { formatNamed } from "./render/formats.js";
import { describeForecast } from "./run/many/forecast.js";
import { placesOf } from "./sources/index.js";
import { dayOf } from "./store/ledger/ledger.js";
import { describeJump, jumpsIn, spendOf } from "./store/ledger/spend.js";
import { workflowOf } from "./workflows/index.js";
import type { Workflow } from "./workflows/workflow.js";

/** What is begun may be finished after Ctrl-C, such as a file that is being written. Milliseconds. */
const mostAfterInterrupt = 10_000;

async function main(argv: string[], environmentKey: string | undefined): Promise<number> {
  const command = readArguments(argv);
  if (command.type === "help") {
    writeStdout(usage);
    return exit.fine;
  }
  if (command.type === "version") {
    writeStdout(`${__VERSION__}\n`);
    return exit.fine;
  }
  if (command.type === "convert") {
    const { convertCommand } = await import("./cli/convertCommand.js");
    await convertCommand(command.file, command.to, command.out);
    return exit.fine;
  }
  if (command.type === "mcp") return serveAgents(command.options, environmentKey);
  const stop = new AbortController();
  process.once("SIGINT", () => {
    stop.abort();
    // What takes its time to stop is not waited for: a second Ctrl-C is nobody's duty.
    setTimeout(() => process.exit(exit.interrupted), mostAfterInterrupt).unref();
  });
  const { signal } = stop;
  const { isFormatGiven } = command;
  const options = await withSchema(command.options, signal);
  const apiKey = options.offline ? undefined : environmentKey;
  const context = createContext(options, apiKey);
  try {
    if (command.type === "batch") {
      const { action, id, paths } = command;
      return await batchCommand(action, id, paths, options, isFormatGiven, context, signal);
    }
    if (command.type === "pairs") {
      checkKey(workflowOf(command.workflow), apiKey, options.offline);
      return await compareCommand(command, context, stop);
    }
    const { workflow } = command;
    const paths = await placesOf(command.paths, signal);
    if (options["count-tokens"]) {
      await countExactly(workflow, paths, options, context, signal);
      return exit.fine;
    }
    if (options.estimate) {
      writeStdout(
        `${describeForecast(await forecastFor(workflow, paths, options, context, signal), options.batch)}\n`,
      );
      return exit.fine;
    }
    checkKey(workflowOf(workflow), apiKey, options.offline);
    await prepareDestinations(options);
    if (apiKey !== undefined)
      await confirmCost(await forecastFor(workflow, paths, options, context, signal), options, stop);
    if (options.batch) return await submit(workflow, paths, options, context, signal);
    const output = new Output(paths, options, isFormatGiven || options.summary.length === 0);
    const finished = await runPictures(workflow, paths, options, context, output, signal);
    output.end();
    const writesAll = options.out === undefined && !options.target && !formatNamed(options.format).one;
    const code = await writeSummaries(workflow, finished, options, writesAll, signal);
    // Where nothing is sent, no day of the ledger has to be read.
    if (apiKey !== undefined)
      for (const jump of jumpsIn(spendOf(await context.app.ledger.all()), dayOf(new Date())))
        logStderr(describeJump(jump));
    // What was done is written, even so.
    return signal.aborted ? exit.interrupted : code;
  } finally {
    context.app.dispose();
  }
}

/** Serves agents until their client goes away, and leaves no process behind. */
async function serveAgents(options: Options, environmentKey: string | undefined): Promise<number> {
  const context = createContext(options, options.offline ? undefined : environmentKey);
  try {
    const { mcpCommand } = await import("./cli/mcpCommand.js");
    await mcpCommand(options, context);
    return exit.fine;
  } finally {
    context.app.dispose();
  }
}

/** @throws UserError when the workflow cannot do without a key */
function checkKey({ title, offline }: Workflow, apiKey: string | undefined, isWanted: boolean): void {
  if (apiKey !== undefined) return;
  if (!offline) {
    throw new UserError({
      code: "keyMissing",
      problem: `“${title}” needs Claude: the pixels alone do not tell it.`,
      advice: "Set the environment variable ANTHROPIC_API_KEY.",
    });
  }
  if (!isWanted) logStderr("No API key is set in ANTHROPIC_API_KEY: the picture is measured alone.");
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env.ANTHROPIC_API_KEY || undefined);
} catch (thrown) {
  if (thrown instanceof UsageError) {
    logHelp(`${thrown.message}\n\n${usage}`);
    process.exitCode = exit.usage;
  } else {
    const error = toUserError(thrown);
    logStderr(error.message);
    if (error instanceof CancelledError) process.exitCode = exit.interrupted;
    else process.exitCode = error.exitCode;
  }
}
