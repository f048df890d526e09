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
    if (isDocument(uri)) found.push(...(await pickPages(uri, await countPages(uri, counter))));
    else found.push(uri);
  }
  return found;
}

/** A page of one is a picture. */
const isDocument = ({ path, fragment }: Uri): boolean =>
  fragment === "" && documentExtensions.some((ending) => path.toLowerCase().endsWith(`.${ending}`));

/** Asks for the password, again and again, where there is one. */
async function countPages(uri: Uri, counter: PageCounter): Promise<number> {
  const bytes = await asPicture(uri, readFile(uri, mostBytes));
  const name = plainName(basename(uri.path));
  for (let isWrong = false; ; isWrong = true) {
    try {
      return await counter.countPages(bytes, passwordOf(uri));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.code !== "passwordNeeded") throw error.about(name);
      const password = await window.showInputBox({
        title: inert(`Password of ${name}`),
        prompt: isWrong
          ? "That was another one."
          : "The document is closed to who does not know it. It is kept until the window is closed.",
        password: true,
        ignoreFocusOut: true,
      });
      if (password === undefined) throw new CancelledError();
      passwords.set(documentAt(uri).toString(), password);
    }
  }
}

async function pickPages(uri: Uri, count: number): Promise<Uri[]> {
  const pageAt = (page: number): Uri => uri.with({ fragment: `page=${page}` });
  if (count === 1) return [pageAt(1)];
  const items = Array.from({ length: count }, (_, index): QuickPickItem & { page: number } => ({
    label: `Page ${index + 1}`,
    page: index + 1,
  }));
  const picked = await window.showQuickPick(items, {
    title: inert(`Pages of ${plainName(basename(uri.path))}`),
    placeHolder: `${count} pages: type a number to find one`,
    canPickMany: true,
  });
  if (!picked || picked.length === 0) throw new CancelledError();
  return picked.map(({ page }) => pageAt(page));
}
