import { basename, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isAddress, shownAddress } from "../sources/address.js";
import { plainName } from "../text/plain.js";

/** Where a picture is whose URI was kept; what is nowhere on this machine is said to be missing as it is. */
export const pathOf = (source: string): string =>
  source.startsWith("file:") ? fileURLToPath(source) + decodeURIComponent(new URL(source).hash) : source;

/** The name of what is there, for people: of an address, without what is asked for in it. */
export const shownName = (path: string): string =>
  plainName(basename(isAddress(path) ? shownAddress(path) : path));

/** The path as a report says it: from here, with forward slashes; an address as it is. */
export const shownPath = (path: string): string =>
  isAddress(path)
    ? plainName(shownAddress(path))
    : plainName(relative(process.cwd(), resolve(path)).split(sep).join("/"));
