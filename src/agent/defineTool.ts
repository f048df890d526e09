import type { z } from "zod";
import { UserError } from "../errors.js";
import type { Tool, ToolDefinition } from "./tool.js";

/** A tool as it is listed and called. Its input is checked here: not every door does that. */
export function defineTool<Input extends z.ZodObject>({
  run,
  isPaid = false,
  ...tool
}: ToolDefinition<Input>): Tool {
  return {
    ...tool,
    isPaid,
    run: async (raw, context, signal) => {
      const parsed = tool.input.safeParse(raw ?? {});
      if (parsed.success) return run(parsed.data, context, signal);
      throw new UserError({
        code: "wrongInput",
        problem: `${tool.name} was called with the wrong arguments: ${wrong(parsed.error)}.`,
        advice: "Call it again with arguments of the form that the tool's list gives.",
      });
    },
  };
}

/** The first things that are wrong, with their places. */
const wrong = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.length === 0 ? "the whole" : path.join(".")}: ${message}`)
    .join("; ");
