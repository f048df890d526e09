import { z } from "zod";
import { UserError } from "../errors.js";

/** UTF-8 bytes of a page: below 25,000 tokens in any language, and below what agents' hosts cut off. */
const mostBytes = 40_000;

export const PageNumber = z
  .number()
  .int()
  .min(1)
  .default(1)
  .describe("Which page of a long result, from 1; the result says how many there are");

/** A part of a long list. */
export interface Paged<T> {
  items: T[];
  /** What is said of it; nothing where there is one page. */
  about: { page?: number; pages?: number; next?: string };
}

/**
 * Cuts a list into pages by the size of its items as JSON.
 *
 * @param number from 1
 * @throws UserError when there is no such page
 */
export function paged<T>(items: readonly T[], number: number): Paged<T> {
  const pages: T[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    const own = Buffer.byteLength(JSON.stringify(item));
    if (bytes > 0 && bytes + own > mostBytes) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)?.push(item);
    bytes += own;
  }
  const found = pages[number - 1];
  if (!found)
    throw new UserError({
      code: "wrongInput",
      problem: `There is no page ${number}.`,
      advice: `Ask for a page from 1 to ${pages.length}.`,
    });
  if (pages.length === 1) return { items: found, about: {} };
  const next = number < pages.length ? { next: `Call again with page ${number + 1}.` } : {};
  return { items: found, about: { page: number, pages: pages.length, ...next } };
}

/** A text in pages, cut between its lines; a line that is longer than a page is cut, too. */
export function pagedText(text: string, number: number): { text: string; about: Paged<string>["about"] } {
  const { items, about } = paged(text.match(/[^\n]{0,10000}\n|[^\n]{1,10000}/g) ?? [], number);
  return { text: items.join(""), about };
}
