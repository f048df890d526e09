import { ProgressLocation, type WebviewPanel, window } from "vscode";
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

/**
 * Does something whose progress the panel shows itself. While the panel is hidden, a notification shows it, too.
 *
 * @param action may say how far it is
 * @param stop aborts the action
 */
export async function withPanelProgress<T>(
  panel: Pick<WebviewPanel, "visible" | "onDidChangeViewState">,
  title: string,
  action: (say: (words: string) => void) => Promise<T>,
  stop: AbortController,
): Promise<T> {
  let words = "";
  let report = (_: string): void => undefined;
  let hide: (() => void) | undefined;
  const show = () => {
    if (panel.visible) {
      hide?.();
      hide = undefined;
    }
    if (panel.visible || hide) return;
    void withProgress(
      title,
      (_, say) => {
        report = say;
        if (words !== "") say(words);
        return new Promise<void>((resolve) => {
          hide = resolve;
        });
      },
      stop,
    );
  };
  const watching = panel.onDidChangeViewState(show);
  show();
  try {
    return await action((said) => {
      words = said;
      report(said);
    });
  } finally {
    watching.dispose();
    hide?.();
  }
}
