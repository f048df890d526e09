import type { ComparisonView } from "../../../src/protocol/comparison.js";
import { type Substance, substances } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";

/** The ways to look at two pictures, in the order of their keys. */
export const modes = ["side", "aligned", "swipe", "blend", "blink", "difference"] as const;
export type Mode = (typeof modes)[number];

export const modeTitles: Record<Mode, string> = {
  side: "Side by Side",
  aligned: "Aligned",
  swipe: "Swipe",
  blend: "Blend",
  blink: "Blink",
  difference: "Difference",
};

export interface Looking {
  mode: Mode;
  /** How much of the new picture is shown while swiping and blending, from 0 to 100. */
  amount: number;
  /** Which one is shown while blinking. */
  isBefore: boolean;
  /** Which changes are listed and marked. */
  shown: readonly Substance[];
}

export const usualLooking: Looking = { mode: "side", amount: 50, isBefore: false, shown: substances };

export interface Shown {
  comparison: ComparisonView;
  looking: Looking;
}

/** The changes that are listed, by their numbers. Those that the pixels deny have no mark. */
export const listed = ({ comparison, looking }: Shown): number[] =>
  comparison.changes.flatMap(({ substance }, index) => (looking.shown.includes(substance) ? [index] : []));

/** Chooses a change, and brings it into view in the pictures and the list. */
export function chooseChange(index: number | undefined, { update }: Pick<Actions, "update">): void {
  update({ chosenChange: index });
  if (index === undefined) return;
  const place = document.querySelector(".compared .box.chosen");
  place?.scrollIntoView({ block: "center", inline: "center" });
  document.querySelector(`#change-${index}`)?.scrollIntoView({ block: "nearest" });
}

/** The change after or before the chosen one, and so around. */
export function neighbour(shown: Shown, chosen: number | undefined, step: 1 | -1): number | undefined {
  const numbers = listed(shown);
  const at = chosen === undefined ? -1 : numbers.indexOf(chosen);
  if (at < 0) return step > 0 ? numbers[0] : numbers.at(-1);
  return numbers[(at + step + numbers.length) % numbers.length];
}

/** N and P go from change to change, B blinks, 1 to 6 choose how to look. They work wherever nothing is typed. */
export function listenForKeys(
  shown: () => Shown | undefined,
  actions: Actions,
  look: (change: Partial<Looking>) => void,
): void {
  window.addEventListener("keydown", (event) => {
    const now = shown();
    const { view, chosenChange: chosen } = actions.state();
    if (!now || view?.state !== "done" || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && target.type !== "range")
    )
      return;
    const key = event.key.toLowerCase();
    const mode = modes[Number(key) - 1];
    if (key === "n" || key === "p") chooseChange(neighbour(now, chosen, key === "n" ? 1 : -1), actions);
    else if (key === "b")
      look(now.looking.mode === "blink" ? { isBefore: !now.looking.isBefore } : { mode: "blink" });
    else if (mode) look({ mode });
    else return;
    event.preventDefault();
  });
}
