/** No byte came for a while: the connection is taken for dead. */
export class StalledError extends Error {
  override readonly name = "StalledError";
  constructor() {
    super("The connection went silent.");
  }
}

/** Milliseconds without a single byte, keep-alive pings included. */
const patience = 60_000;

/**
 * The host's own fetch (looked up when it is used: VS Code patches it for proxies and certificates), which
 * fails when nothing arrives any more. The SDK's timeout ends at the response headers: a stream that stalls
 * after them would hang for ever.
 *
 * @param idle milliseconds of silence that are borne
 */
export function watchedFetch(idle = patience): typeof fetch {
  return async (input, init) => {
    const silence = new AbortController();
    const fail = () => silence.abort(new StalledError());
    let timer = setTimeout(fail, idle);
    const signals = init?.signal ? [init.signal, silence.signal] : [silence.signal];
    let response: Response;
    try {
      response = await globalThis.fetch(input, { ...init, signal: AbortSignal.any(signals) });
    } catch (error) {
      clearTimeout(timer);
      throw silence.signal.aborted ? silence.signal.reason : error;
    }
    if (!response.body) {
      clearTimeout(timer);
      return response;
    }
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        clearTimeout(timer);
        timer = setTimeout(fail, idle);
        try {
          const { done, value } = await reader.read();
          clearTimeout(timer);
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          clearTimeout(timer);
          controller.error(silence.signal.aborted ? silence.signal.reason : error);
        }
      },
      cancel(reason) {
        clearTimeout(timer);
        return reader.cancel(reason);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  };
}
