/** No byte came for a while: the connection is taken for dead. */
export class StalledError extends Error {
  override readonly name = "StalledError";
  constructor() {
    super("The connection went silent.");
  }
}

/** Milliseconds without a single byte, keep-alive pings included. */
const timeoutMs = 60_000;

/**
 * The host's own fetch (looked up when it is used: VS Code patches it for proxies and certificates), which
 * fails when nothing arrives any more. The SDK's timeout ends at the response headers: a stream that stalls
 * after them would hang for ever.
 *
 * Nor does it rely on fetch to hear that it is to stop: once its request has been garbage collected, Node's does not.
 *
 * @param idle milliseconds of silence that are borne
 */
export function watchedFetch(idle = timeoutMs): typeof fetch {
  return async (input, init) => {
    const caller = init?.signal;
    const stop = new AbortController();
    const stopped = new Promise<never>((_, reject) => {
      stop.signal.addEventListener("abort", () => reject(stop.signal.reason), { once: true });
    });
    stopped.catch(() => undefined);
    const cancel = () => stop.abort(caller?.reason);
    if (caller?.aborted) cancel();
    caller?.addEventListener("abort", cancel, { once: true });
    let timer: NodeJS.Timeout | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(new StalledError()), idle);
    };
    const end = () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", cancel);
    };

    watch();
    const fetching = globalThis.fetch(input, { ...init, signal: stop.signal });
    const response = await Promise.race([fetching, stopped]).catch((error: unknown) => {
      end();
      throw error;
    });
    if (!response.body) {
      end();
      return response;
    }
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        watch();
        try {
          const { done, value } = await Promise.race([reader.read(), stopped]);
          clearTimeout(timer);
          if (!done) return controller.enqueue(value);
          end();
          controller.close();
        } catch (error) {
          end();
          controller.error(stop.signal.aborted ? stop.signal.reason : error);
          await reader.cancel().catch(() => undefined);
        }
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  };
}
