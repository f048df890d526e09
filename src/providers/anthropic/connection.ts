import { UserError } from "../../errors.js";

/** Where to ask, and with which key. */
export interface Connection {
  apiKey: string;
  baseUrl: string;
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
    code: "wrongSettings",
    problem: `“${text}” is no address that the API key may be sent to.`,
    advice: "Use an https address, without a user name in it.",
  });
}
