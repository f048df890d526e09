import type { WebviewPanel } from "vscode";
import type { z } from "zod";
import { Channel, RefusedMessageError } from "../../protocol/channel.js";
import type { Start } from "../../protocol/workflows.js";
import type { WorkflowId } from "../../report.js";
import { workflowOf, workflows } from "../../workflows/index.js";
import type { Log } from "../log.js";
import { showError } from "../notify.js";

/**
 * The line to a panel's page, open until the panel is closed. A message that is not understood is refused and logged;
 * what goes wrong in dealing with one is shown.
 */
export function openChannel<In, Out>(
  panel: WebviewPanel,
  log: Log,
  options: {
    incoming: z.ZodType<In>;
    receive(message: In): unknown;
    /** Shows what went wrong; without, it is shown as any error is. */
    onError?(error: unknown): void;
  },
): Channel<In, Out> {
  // Asked for once: a panel that is closed throws when it is asked for its page.
  const { webview } = panel;
  const port = {
    post: (message: unknown) => webview.postMessage(message),
    listen: (take: (message: unknown) => void) => {
      const listening = webview.onDidReceiveMessage(take);
      return () => listening.dispose();
    },
  };
  const { incoming, receive, onError = (error: unknown) => void showError(error, log) } = options;
  const channel = new Channel<In, Out>(port, {
    incoming,
    receive: (message) => receive(message),
    onError: (error) => {
      if (error instanceof RefusedMessageError) log.error("A message from a page was refused", error);
      else onError(error);
    },
  });
  panel.onDidDispose(() => channel.close());
  return channel;
}

/** What each page is told first: which workflows there are, or the one that it is for. */
export const startMessage = (only?: WorkflowId): Start => ({
  type: "start",
  workflows: (only === undefined ? Object.values(workflows) : [workflowOf(only)]).map(
    ({ id, title, presentation: { result, words } }) => {
      const { copy, leftOpen } = words;
      return { id, title, result, words: { copy, leftOpen } };
    },
  ),
});
