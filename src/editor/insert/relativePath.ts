import { posix } from "node:path";
import type { Uri } from "vscode";

/** The way from a document's folder to a picture, with slashes; undefined when they lie in different places. */
export function relativePath(document: Uri, picture: Uri): string | undefined {
  if (document.scheme !== picture.scheme || document.authority !== picture.authority) return undefined;
  return posix.relative(posix.dirname(document.path), picture.path);
}
