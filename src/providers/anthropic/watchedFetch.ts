import { UserError } from "../../errors.js";

/** No byte came for a while: the connection is taken for dead. */
export class StalledError extends Error {
  override readonly name = "StalledError";
  constructor() {
    super("The connection went silent.");
  }
}

/** How much of an answer is read. Bytes are counted as they come out of decompression. */
export interface Bounds {
  /** Bytes of a whole body. */
  body: number;
  /** Bytes of one line, as events and the results of batches come in lines. */
  line: number;
  /** Milliseconds from the request to the end of its answer. */
  time: number;
}

const megabyte = 1024 * 1024;
/** The longest answer that is asked for is a tenth of it, with each letter in an event of its own. */
export const usualBounds: Bounds = { body: 32 * megabyte, line: 8 * megabyte, time: 20 * 60_000 };
/** A batch's results are all of its answers. */
const resultsBounds: Bounds = { body: 4096 * megabyte, line: 8 * megabyte, time: 60 * 60_000 };
/** What went wrong is said in a sentence or two. */
const errorBody = megabyte;

const tooMuch = (what: string) =>
  new UserError({
    code: "answerInvalid",
    problem: `The API's answer ${what}: it was not read any further.`,
    advice: "Look at the address in the settings; what was answered may be billed.",
  });

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
 * @param bounds of answers, those of batches' results aside
 */
export function watchedFetch(idle = timeoutMs, bounds: Bounds = usualBounds): typeof fetch {
  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const own = pathname.endsWith("/results") ? resultsBounds : bounds;
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
    const whole = setTimeout(() => stop.abort(tooMuch("has no end")), own.time);
    const end = () => {
      clearTimeout(timer);
      clearTimeout(whole);
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
    const most = response.ok ? own.body : Math.min(own.body, errorBody);
    let [read, line] = [0, 0];
    /** @throws UserError when it is more than any honest answer has */
    const count = (bytes: Uint8Array) => {
      read += bytes.length;
      if (read > most) throw tooMuch("is longer than any");
      const lineEnd = bytes.lastIndexOf(0x0a);
      line = lineEnd < 0 ? line + bytes.length : bytes.length - lineEnd - 1;
      if (line > own.line) throw tooMuch("has a line without end");
    };
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        watch();
        try {
          const { done, value } = await Promise.race([reader.read(), stopped]);
          clearTimeout(timer);
          if (!done) {
            count(value);
            return controller.enqueue(value);
          }
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
