import { lookup as resolve } from "node:dns";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { CancelledError, UserError } from "../errors.js";
import { mostBytes } from "../image/caps.js";
import { isPublicAddress } from "./publicAddress.js";

/** How an address is fetched. */
export interface DownloadSettings {
  /** Hosts, with their port where that is not 443, that the person has named: they may be on this machine or in its networks. */
  allowedHosts?: readonly string[];
  /** Told of each redirect before it is followed. */
  onRedirect?: (to: string) => void;
  /** Milliseconds, in all. */
  mostTime?: number;
  /** Bytes. */
  most?: number;
  /** Certificates to trust instead of the usual ones. */
  ca?: string;
}

const usualTime = 60_000;
const mostRedirects = 5;

/**
 * Fetches what is at an `https` address, on the word of a person: with no cookie, key or proxy. Redirects are followed
 * within https. A name that leads to this machine, or to a network of its own, is not connected to; and what is
 * connected to is the very address that was looked at, whatever the name says a moment later.
 *
 * @throws UserError when it is refused or fails
 * @throws CancelledError when the signal aborts
 */
export async function download(
  address: string,
  settings: DownloadSettings = {},
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { onRedirect, mostTime = usualTime } = settings;
  const timeout = AbortSignal.timeout(mostTime);
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
  let url = allowedUrl(address);
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await answerOf(url, settings, either);
      const { statusCode = 0, headers } = response;
      if (statusCode === 200) return await bodyOf(response, url, settings.most ?? mostBytes);
      response.destroy();
      if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined)
        throw refusal(url, `It answers with ${statusCode}.`);
      url = allowedUrl(headers.location, url);
      onRedirect?.(url.host);
    }
    throw refusal(url, `It redirects more than ${mostRedirects} times.`);
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (signal?.aborted) throw new CancelledError();
    if (timeout.aborted)
      throw refusal(url, `It took longer than ${Math.round(mostTime / 1000)} seconds.`, error);
    throw refusal(url, "It cannot be reached.", error);
  }
}

const refusal = ({ host }: Pick<URL, "host">, problem: string, cause?: unknown) =>
  new UserError({
    code: "pictureUnusable",
    problem,
    advice: "Download the picture in a browser and choose the file.",
    picture: host,
    cause,
  });

/** @throws UserError when it is no https address, or carries a password */
function allowedUrl(address: string, base?: URL): URL {
  const url = URL.canParse(address, base?.href) ? new URL(address, base?.href) : undefined;
  const isRedirect = base !== undefined;
  if (url?.protocol !== "https:")
    throw refusal(
      url ?? { host: "The address" },
      isRedirect ? "It redirects to what is not https." : "Only https addresses are fetched.",
    );
  if (url.username !== "" || url.password !== "")
    throw refusal(url, "The address holds a user name or password, which is not sent.");
  return url;
}

function answerOf(
  url: URL,
  { allowedHosts = [], ca }: DownloadSettings,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isNamed = allowedHosts.includes(url.host);
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (!isNamed && isIP(literal) !== 0 && !isPublicAddress(literal)) throw notPublic(url);
  return new Promise((done, fail) => {
    const asked = request(
      url,
      {
        signal,
        agent: false,
        headers: { accept: "image/*, application/pdf", "accept-encoding": "identity" },
        ...(isNamed ? {} : { lookup: publicLookup(url) }),
        ...(ca === undefined ? {} : { ca }),
      },
      done,
    );
    asked.on("error", fail).end();
  });
}

const notPublic = (url: URL) =>
  new UserError({
    code: "pictureUnusable",
    problem: "The address leads to this machine or to a network of its own, and is not fetched.",
    advice: "Name its host among the allowed ones if it is meant.",
    picture: url.host,
  });

/** Resolves a name, and gives no address of it unless all are public. */
const publicLookup =
  (url: URL): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const [first] = found ?? [];
      if (error || !first) return callback(error ?? notPublic(url), "", 0);
      if (!found.every(({ address }) => isPublicAddress(address))) return callback(notPublic(url), "", 0);
      if (options.all) return callback(null, found);
      callback(null, first.address, first.family);
    });
  };

/** As many bytes as there are, whatever the server says of them. */
async function bodyOf(response: IncomingMessage, url: URL, most: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response) {
    const bytes = Buffer.from(piece);
    length += bytes.length;
    if (length > most) {
      response.destroy();
      throw refusal(url, `It is larger than ${Math.floor(most / 1024 / 1024)} MB.`);
    }
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}
