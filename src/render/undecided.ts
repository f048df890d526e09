import { placeWords, someOf } from "../checks/words.js";
import type { Undecided } from "../report.js";

/** What has no verdict, a reason a line, with its first places. */
export const undecidedLines = (undecided: readonly Undecided[]): string[] =>
  undecided.map(({ criterion, reason, places }) => {
    const named = places.map(({ id, label, box }) => `${id} ${label} ${placeWords(box)}`);
    return `${criterion.number} ${criterion.name}, ${places.length === 1 ? "1 place" : `${places.length} places`}: ${reason}: ${someOf(named, "; ", 12)}`;
  });
