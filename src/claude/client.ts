import { BaseAnthropic } from "@anthropic-ai/sdk/client";
import { Messages } from "@anthropic-ai/sdk/resources/messages/messages";
import { Models } from "@anthropic-ai/sdk/resources/models";
import { UserError } from "../errors.js";
import { watchedFetch } from "./watchedFetch.js";

export const defaultBaseUrl = "https://api.anthropic.com";

/** Where to ask, and with which key. */
export interface Connection {
  apiKey: string;
  baseUrl: string;
}

export interface Client {
  messages: Messages;
  models: Models;
}

/**
 * The address as it may be used: https, or http to this machine alone.
 *
 * @throws UserError for anything else
 */
export function checkBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && loopback);
  if (url && safe && !url.username && !url.password) return url;
  throw new UserError({
    problem: `“${text}” is no address that the API key may be sent to.`,
    advice: "Use an https address, without a user name in it.",
    next: ["openSettings"],
  });
}

/**
 * A client that takes nothing from the environment, logs nothing, follows no redirect (a body would be sent
 * on, the key too) and never retries by itself: retries are ours, in one place.
 */
export function createClient({ apiKey, baseUrl }: Connection): Client {
  const baseURL = checkBaseUrl(baseUrl).href.replace(/\/$/, "");
  const client = withoutCustomHeaders(
    () =>
      new BaseAnthropic({
        apiKey,
        authToken: null,
        baseURL,
        maxRetries: 0,
        logLevel: "off",
        openTelemetry: false,
        fetchOptions: { redirect: "error" },
        fetch: watchedFetch(),
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
