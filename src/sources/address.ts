import { posix } from "node:path";
import { sha256 } from "../image/sha256.js";
import { plainName } from "../text/plain.js";
import type { PlacedFile, Source } from "./source.js";

export const isAddress = (place: string): boolean => /^https?:\/\//i.test(place);

/** What is at an address: fetched when it is first read, and once. */
export function addressSource(fetch: (address: string, signal?: AbortSignal) => Promise<Uint8Array>): Source {
  const fetched = new Map<string, Promise<Uint8Array>>();
  const bytesAt = (address: string, signal?: AbortSignal): Promise<Uint8Array> => {
    const known = fetched.get(address);
    if (known) return known;
    const fetching = fetch(address, signal);
    fetched.set(address, fetching);
    fetching.catch(() => fetched.delete(address));
    return fetching;
  };
  return {
    accepts: async (place) => isAddress(place),
    places: async function* (place) {
      yield place;
    },
    file: (place): PlacedFile => ({
      name: nameAt(place),
      bytes: (signal) => bytesAt(place, signal),
      head: async (count, signal) => (await bytesAt(place, signal)).subarray(0, count),
      hash: async (signal) => sha256(await bytesAt(place, signal)),
      // What is asked for in it may be a key to the picture: it is kept nowhere.
      ...(isOpen(place) ? { uri: place } : {}),
    }),
  };
}

const isOpen = (address: string): boolean => URL.canParse(address) && new URL(address).search === "";

/** As a report says it: without what is asked for in it. */
export const shownAddress = (address: string): string => address.replace(/\?[^#]*/, "");

/** What the last part of an address is called, or its host. */
export function nameAt(address: string): string {
  if (!URL.canParse(address)) return plainName(address);
  const { pathname, host } = new URL(address);
  return plainName(posix.basename(pathname) || host);
}
