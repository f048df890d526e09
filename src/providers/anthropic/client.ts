import { BaseAnthropic } from "@anthropic-ai/sdk/client";
import { Messages } from "@anthropic-ai/sdk/resources/messages/messages";
import { Models } from "@anthropic-ai/sdk/resources/models";
import { UserError } from "../../errors.js";
import { type Connection, checkBaseUrl, checkKey } from "../connection.js";
import { watchedFetch } from "./watchedFetch.js";

export interface Client {
  messages: Messages;
  models: Models;
}

/**
 * A client that takes nothing from the environment, logs nothing, follows no redirect (a body would be sent
 * on, the key too) and never retries by itself: retries are ours, in one place.
 *
 * @param timeoutMs milliseconds of silence after which a connection is taken for dead
 */
export function createClient({ apiKey, baseUrl }: Connection, timeoutMs?: number): Client {
  const baseURL = checkBaseUrl(baseUrl).href.replace(/\/$/, "");
  const key = checkKey(apiKey);
  const client = withoutCustomHeaders(
    () =>
      new BaseAnthropic({
        apiKey: key,
        authToken: null,
        baseURL,
        maxRetries: 0,
        logLevel: "off",
        openTelemetry: false,
        fetchOptions: { redirect: "error" },
        fetch: withinOrigin(baseURL, watchedFetch(timeoutMs)),
      }),
  );
  return { messages: new Messages(client), models: new Models(client) };
}

/** The SDK adds headers named in the environment to every request, and has no option to leave them out. */
function withoutCustomHeaders<T>(construct: () => T): T {
  const name = "ANTHROPIC_CUSTOM_HEADERS";
  const { [name]: headers } = process.env;
  delete process.env[name];
  try {
    return construct();
  } finally {
    if (headers !== undefined) process.env[name] = headers;
  }
}

/** An answer can name an address to go on with, such as that of a batch's results: the key goes nowhere else. */
const withinOrigin =
  (baseURL: string, request: typeof fetch): typeof fetch =>
  async (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    if (address.origin === new URL(baseURL).origin) return request(input, init);
    throw new UserError({
      code: "addressRejected",
      problem: `The API names an address elsewhere (${address.host}), which the key is not sent to.`,
      advice: "Look at the address in the settings.",
    });
  };
