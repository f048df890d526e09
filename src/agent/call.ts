import { CancelledError, toUserError, UserError } from "../errors.js";
import { plainText, plainValue } from "../text/plain.js";
import type { Tool, ToolAnswer, ToolContext } from "./tool.js";

/** What came of a call: an answer in text, perhaps with a picture, or what went wrong and what to do. */
export type Called =
  | { text: string; picture?: NonNullable<ToolAnswer["picture"]> }
  | { error: string; cause: unknown };

/**
 * Calls a tool, and says in words what went wrong.
 *
 * @throws CancelledError when the signal aborts
 */
export async function call(
  tool: Tool,
  input: unknown,
  context: ToolContext,
  signal: AbortSignal,
): Promise<Called> {
  try {
    const { text, picture } = await tool.run(input, context, signal);
    // What a reader does not see goes before JSON hides it in an escape.
    const plain = plainValue(text).value;
    return {
      text: typeof plain === "string" ? plain : JSON.stringify(plain),
      ...(picture ? { picture } : {}),
    };
  } catch (thrown) {
    if (signal.aborted) throw new CancelledError();
    const error = toUserError(thrown);
    const cause =
      error instanceof UserError && error.code === "unexpected" ? (error.cause ?? error) : undefined;
    return { error: plainText(error.message), cause };
  }
}
