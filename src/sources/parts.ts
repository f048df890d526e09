import { z } from "zod";
import { UserError } from "../errors.js";

/** Pages from the one to the other, both included, counted from 1. */
export interface PageRange {
  from: number;
  to: number;
}

/** `3`, `3-7` or `1,3-7`. */
export const pageRanges = z
  .string()
  .max(1000)
  .regex(/^\d{1,6}(-\d{1,6})?(,\d{1,6}(-\d{1,6})?)*$/, "Write pages as 1-5 or 2,7-9.")
  .transform((text) =>
    text.split(",").map((part): PageRange => {
      const [from = 0, to = from] = part.split("-").map(Number);
      return { from, to };
    }),
  )
  .refine(
    (ranges) => ranges.every(({ from, to }) => from >= 1 && from <= to),
    "Write pages as 1-5 or 2,7-9.",
  );

/** A place without what it says at its end of the part that is meant. */
export interface PartedPlace {
  whole: string;
  /** As it stands at the end of the place, such as `#page=3`; empty where nothing does. */
  suffix: string;
  /** Where pages are meant. */
  pages: PageRange | undefined;
}

/** What a place says of the part that is meant, such as `report.pdf#page=3-7`. */
export function partedPlace(place: string): PartedPlace {
  const [suffix, kind, from, to = from] = /#(page|frame)=(\d{1,6})(?:-(\d{1,6}))?$/.exec(place) ?? [];
  if (suffix === undefined) return { whole: place, suffix: "", pages: undefined };
  const pages = kind === "page" ? { from: Number(from), to: Number(to) } : undefined;
  return { whole: place.slice(0, -suffix.length), suffix, pages };
}

/** So many states of an animation are looked at. */
export const mostStates = 8;

/** So many pages are looked at by one command. */
const mostPages = 600;

/**
 * The pages that are meant.
 *
 * @param ranges which were asked for: all where none were
 * @throws UserError when there are too many, or one that the document does not have
 */
export function pagesIn(name: string, count: number, ranges: readonly PageRange[] | undefined): number[] {
  const pages = new Set<number>();
  for (const { from, to } of ranges ?? [{ from: 1, to: count }]) {
    if (from > count || to > count)
      throw unusable(
        name,
        `It has ${count} page${count === 1 ? "" : "s"}, and no page ${Math.max(from, to)}.`,
      );
    for (let page = from; page <= to; page++) pages.add(page);
  }
  if (pages.size <= mostPages) return [...pages];
  const many = pages.size.toLocaleString("en");
  throw unusable(name, `It has ${many} pages; at most ${mostPages} are looked at at once.`);
}

const unusable = (picture: string, problem: string) =>
  new UserError({
    code: "pictureUnusable",
    problem,
    advice: "Name the pages that matter, with --pages 1-20 or as #page=1-20.",
    picture,
  });
