import { UserError } from "../errors.js";
import { oneLine } from "../text/plain.js";

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
  if (url && safe && !url.username && !url.password && !url.search && !url.hash) return url;
  // A password in it is not for a log.
  const shown = url
    ? `${url.protocol}//${url.host}${url.pathname}`
    : oneLine(text.replace(/^.*@/s, "…@"), 100);
  throw new UserError({
    code: "wrongSettings",
    problem: `“${shown}” is no address that the API key may be sent to.`,
    advice: "Use an https address, without a user name, a query or a fragment in it.",
  });
}

/**
 * The key as a header can hold it.
 *
 * @throws UserError for one that no service has given out, such as with a line break from copying
 */
export function checkKey(key: string): string {
  if (/^[\x21-\x7e]{1,1000}$/.test(key)) return key;
  throw new UserError({
    code: "keyRejected",
    problem: "The API key holds blanks, line breaks or other characters that no key has.",
    advice: "Set it again, without what stands around it.",
  });
}
