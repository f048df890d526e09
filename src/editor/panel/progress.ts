import { ProgressLocation, window } from "vscode";
import { inert } from "../notify.js";

/**
 * Shows that something is going on, in a notification with Cancel.
 *
 * @param action is told by the signal when the person cancels, and may say how far it is
 * @param stop aborts the signal from elsewhere, too
 */
export async function withProgress<T>(
  title: string,
  action: (signal: AbortSignal, say: (words: string) => void) => Promise<T>,
  stop = new AbortController(),
): Promise<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title: inert(title), cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => stop.abort());
      return action(stop.signal, (message) => progress.report({ message }));
    },
  );
}
