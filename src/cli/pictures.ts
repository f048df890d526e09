import { relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { plainName } from "../text/plain.js";

/** Where a picture is whose URI was kept; what is nowhere on this machine is said to be missing as it is. */
export const pathOf = (source: string): string =>
  source.startsWith("file:") ? fileURLToPath(source) + new URL(source).hash : source;

/** The path as a report says it: from here, with forward slashes. */
export const shownPath = (path: string): string =>
  plainName(relative(process.cwd(), resolve(path)).split(sep).join("/"));
