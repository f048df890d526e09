import { basename } from "node:path/posix";
import { type QuickPickItem, type Uri, window } from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { mostBytes } from "../../image/caps.js";
import { documentExtensions } from "../../image/format.js";
import type { PictureProcess } from "../../measure/process/pictureProcess.js";
import { plainName } from "../../text/plain.js";
import { inert } from "../notify.js";
import { readFile } from "../readFile.js";
import { asPicture } from "./pictures.js";

/** What counts the pages of documents. */
export type PageCounter = Pick<PictureProcess, "countPages">;

/** Of documents that were opened with one, by their place; gone with the window. */
const passwords = new Map<string, string>();

const documentAt = (uri: Uri): Uri => uri.with({ fragment: "" });

/** The password of the document at this place, where the person has given it. */
export const passwordOf = (uri: Uri): string | undefined => passwords.get(documentAt(uri).toString());

/**
 * Documents become those of their pages that the person picks; pictures stay what they are.
 *
 * @throws UserError when a document cannot be opened
 * @throws CancelledError when no page is picked, or no password given
 */
export async function pagesOf(uris: readonly Uri[], counter: PageCounter): Promise<Uri[]> {
  const found: Uri[] = [];
  for (const uri of uris) {
    if (isDocument(uri)) found.push(...(await pagesAt(uri, counter)));
    else found.push(uri);
  }
  return found;
}

/** A page of one is a picture. */
const isDocument = ({ path, fragment }: Uri): boolean =>
  fragment === "" && documentExtensions.some((ending) => path.toLowerCase().endsWith(`.${ending}`));

async function pagesAt(uri: Uri, counter: PageCounter): Promise<Uri[]> {
  const bytes = await asPicture(uri, readFile(uri, mostBytes));
  const { pages, password } = await pickPages(plainName(basename(uri.path)), bytes, counter, passwordOf(uri));
  if (password !== undefined) passwords.set(documentAt(uri).toString(), password);
  return pages.map((page) => uri.with({ fragment: `page=${page}` }));
}

/**
 * Opens a document, asking for its password where it has one, and lets the person pick pages.
 *
 * @param known its password, where that was given before
 * @throws UserError when it cannot be opened
 * @throws CancelledError when no page is picked, or no password given
 */
export async function pickPages(
  name: string,
  bytes: Uint8Array,
  counter: PageCounter,
  known?: string,
): Promise<{ pages: number[]; password: string | undefined }> {
  let password = known;
  for (let isWrong = false; ; isWrong = true) {
    try {
      const count = await counter.countPages(bytes, password);
      return { pages: count === 1 ? [1] : await choosePages(name, count), password };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.code !== "passwordNeeded") throw error.about(name);
      password = await askPassword(name, isWrong);
    }
  }
}

async function askPassword(name: string, isWrong: boolean): Promise<string> {
  const password = await window.showInputBox({
    title: inert(`Password of ${name}`),
    prompt: isWrong
      ? "That was another one."
      : "The document is closed to who does not know it. It is kept in memory, until the window is closed.",
    password: true,
    ignoreFocusOut: true,
  });
  if (password === undefined) throw new CancelledError();
  return password;
}

async function choosePages(name: string, count: number): Promise<number[]> {
  const items = Array.from({ length: count }, (_, index): QuickPickItem & { page: number } => ({
    label: `Page ${index + 1}`,
    page: index + 1,
  }));
  const picked = await window.showQuickPick(items, {
    title: inert(`Pages of ${name}`),
    placeHolder: `${count} pages: type a number to find one`,
    canPickMany: true,
  });
  if (!picked || picked.length === 0) throw new CancelledError();
  return picked.map(({ page }) => page);
}
