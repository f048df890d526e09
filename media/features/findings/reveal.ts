import type { Actions } from "../../panel/main.js";
import { centre } from "../../panel/picture/zoom.js";
import { allFindings } from "../../panel/state.js";
import { makeCurrent } from "../../shared/roving.js";

/** A finding's row in the list. */
export const rowOf = (key: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(".head[data-finding]")].find(
    ({ dataset }) => dataset.finding === key,
  );

/** A finding's number on the picture. */
export const pinOf = (key: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(".pin[data-finding]")].find(
    ({ dataset }) => dataset.finding === key,
  );

/** Chooses a finding, from the picture or by a command: its row is unfolded, focused and in view. */
export function reveal(key: string, actions: Actions): void {
  actions.update({ chosen: key, chosenMark: undefined, openCluster: undefined });
  const { findings } = actions.state();
  // Its group may be folded.
  if (!rowOf(key)) actions.update({ findings: { ...findings, folded: new Set() } });
  const row = rowOf(key);
  row?.closest("details")?.setAttribute("open", "");
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
  showPlace(key, actions);
}

/** Brings a finding's place on the picture into view. */
export function showPlace(key: string, { state }: Pick<Actions, "state">): void {
  const { picture, view } = state();
  const box = allFindings(view).find((finding) => finding.key === key)?.box;
  if (picture && box) centre(box, picture);
}

/** Goes from a finding's row to its number on the picture. */
export function focusPin(key: string): void {
  const pin = pinOf(key);
  if (!pin) return;
  makeCurrent(pin);
  pin.focus();
}
