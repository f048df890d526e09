import { Roots } from "../agent/roots.js";
import { toolsFor } from "../agent/tools.js";
import type { CliContext } from "./context.js";
import { measuringOf } from "./context.js";
import type { Options } from "./options.js";
import { logStderr } from "./terminal.js";

/**
 * Serves agents over standard input and output, by the Model Context Protocol, until the client goes away.
 *
 * @throws UserError when a root is no folder
 */
export async function mcpCommand(options: Options, { app, connection }: CliContext): Promise<void> {
  const [roots, { serveTools }] = await Promise.all([Roots.of(options.root), import("../agent/mcp.js")]);
  const context = {
    app,
    roots,
    connection,
    settings: {
      model: options.model,
      effort: options.effort,
      redaction: options.redaction,
      measuring: measuringOf(options),
    },
  };
  await new Promise<void>((closed) => {
    serveTools({ tools: toolsFor(connection !== undefined), context, log: logError }, closed);
  });
}

function logError(sentence: string, cause?: unknown): void {
  logStderr(sentence);
  if (cause instanceof Error && cause.stack !== undefined) logStderr(cause.stack);
}
