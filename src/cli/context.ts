import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Application, createApplication } from "../app/application.js";
import { provider } from "../app/provider.js";
import { UserError } from "../errors.js";
import type { BatchApi } from "../providers/batch.js";
import type { Connection } from "../providers/connection.js";
import type { RunSettings } from "../run/types.js";
import { CommandBudget } from "../store/ledger/budget.js";
import { Storage, storageFolder } from "../store/storage.js";
import { parametersOf } from "../workflows/presentation.js";
import type { Workflow } from "../workflows/workflow.js";
import type { Options } from "./options.js";
import { logStderr } from "./terminal.js";

/** What one command may spend, unless it says so. US$. */
const usualCap = 10;
/** Answers and measurements, in bytes. */
const mostCached = 500 * 1024 * 1024;

/** Everything a command works with. */
export interface CliContext {
  app: Application;
  connection: Connection | undefined;
  commandBudget: CommandBudget;
}

export function createContext(options: Options, apiKey: string | undefined): CliContext {
  const app = createApplication({
    bundled: (file) => fileURLToPath(new URL(file, import.meta.url)),
    storage: new Storage(storageFolder(), ({ message }) => logStderr(message)),
    onCorrupted: logStderr,
    settings: {
      prices: () => provider.prices,
      caps: () => ({ daily: options["daily-budget"], command: options["max-cost"] ?? usualCap }),
      atOnce: () => options["at-once"],
      retention: () => ({ days: Number.POSITIVE_INFINITY, bytes: mostCached }),
    },
  });
  return {
    app,
    connection: apiKey === undefined ? undefined : { apiKey, baseUrl: options["base-url"] },
    commandBudget: new CommandBudget({ allowsUnknownPrice: options["allow-unknown-price"] }),
  };
}

/** @throws UserError when there is no key, or the provider has no batches */
export async function batchApiOf({ app, connection }: CliContext): Promise<BatchApi> {
  if (!connection) {
    throw new UserError({
      code: "keyMissing",
      problem: "A batch needs Claude.",
      advice: "Set the environment variable ANTHROPIC_API_KEY.",
    });
  }
  const { batch } = await app.provider.connect(connection);
  if (batch) return batch;
  throw new UserError({
    code: "wrongInput",
    problem: "This provider answers no batches.",
    advice: "Run it without --batch.",
  });
}

/** How the options say that pictures are asked about. */
export const settingsOf = (options: Options, workflow: Workflow): RunSettings => ({
  model: options.model,
  effort: options.effort,
  redaction: options.redaction,
  measuring: measuringOf(options),
  parameters: parametersOf(workflow.presentation, {
    level: options.level,
    kind: options.kind,
    schema: options.schema,
    vocabulary: options.vocabulary,
  }),
});

/** How the options say that pictures are measured. */
export const measuringOf = (options: Options): RunSettings["measuring"] => ({
  pixelRatio: options["pixel-ratio"],
  languages: options.languages,
  languageFolder: options["language-folder"] && resolve(options["language-folder"]),
});
