import type { z } from "zod";
import { Channel } from "../src/protocol/channel.js";

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): void };

const vscode = acquireVsCodeApi();

/** Where the page is drawn. */
export const app = document.querySelector<HTMLElement>("#app") ?? document.body;

/**
 * The line to the host.
 *
 * @param onRefused shows that a message was not understood; without, it is left aside
 */
export function connect<In, Out>(
  incoming: z.ZodType<In>,
  receive: (message: In) => void,
  onRefused?: () => void,
): Channel<In, Out> {
  const port = {
    post: (message: unknown) => vscode.postMessage(message),
    listen: (take: (message: unknown) => void) => {
      const onMessage = ({ data }: MessageEvent) => take(data);
      window.addEventListener("message", onMessage);
      return () => window.removeEventListener("message", onMessage);
    },
  };
  return new Channel<In, Out>(port, {
    incoming,
    receive,
    onError: (error) => {
      console.error("A message from the host was refused", error);
      onRefused?.();
    },
  });
}

/** What the page knows from the start; undefined when that is nothing. */
export function initialState<T>(schema: z.ZodType<T>): T | undefined {
  const { state } = app.dataset;
  return state === undefined ? undefined : schema.parse(JSON.parse(decodeURIComponent(state)));
}

/** Keeps something over a reload of the window. */
export const keepState = (state: unknown): void => vscode.setState(state);
