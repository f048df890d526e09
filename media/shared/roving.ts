/**
 * One Tab stop for a group of controls, as toolbars and lists have it: the arrows, Home, End and the page keys go from
 * one to the next. A group is an element with `data-roving`, along which the arrows go: `x` or `y`. Its controls have
 * `data-stop`.
 */

type Axis = "x" | "y";

const back: Record<Axis, string> = { x: "ArrowLeft", y: "ArrowUp" };
const on: Record<Axis, string> = { x: "ArrowRight", y: "ArrowDown" };
/** What a page key skips. */
const pageLength = 10;

const stopsOf = (group: Element): HTMLElement[] =>
  [...group.querySelectorAll<HTMLElement>("[data-stop]")].filter(
    (stop) => stop.closest("[data-roving]") === group && stop.checkVisibility(),
  );

/** After the page was drawn: each group has one stop, which is where it was if that is still there. */
export function settleStops(root: ParentNode): void {
  for (const group of root.querySelectorAll("[data-roving]")) {
    const stops = stopsOf(group);
    const current = stops.find(({ tabIndex, dataset }) => tabIndex === 0 && dataset.stop === "current");
    for (const stop of stops) setStop(stop, stop === (current ?? stops[0]));
  }
}

/** Makes a control the one that Tab goes to in its group. */
export function makeCurrent(stop: HTMLElement): void {
  const group = stop.closest("[data-roving]");
  for (const other of group ? stopsOf(group) : []) setStop(other, other === stop);
}

function setStop(stop: HTMLElement, isCurrent: boolean): void {
  stop.tabIndex = isCurrent ? 0 : -1;
  stop.dataset.stop = isCurrent ? "current" : "";
}

/** Listens for the keys of all groups in the page, once. */
export function rove(root: HTMLElement): void {
  root.addEventListener("focusin", ({ target }) => {
    const stop = target instanceof Element ? target.closest<HTMLElement>("[data-stop]") : null;
    if (stop) makeCurrent(stop);
  });
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const stop = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-stop]") : null;
    const group = stop?.closest<HTMLElement>("[data-roving]");
    if (!stop || !group) return;
    const axis: Axis = group.dataset.roving === "y" ? "y" : "x";
    if (isTyping(event)) return;
    const stops = stopsOf(group);
    const next = nextOf(event.key, stops.indexOf(stop), stops.length, axis);
    if (next === undefined) return;
    event.preventDefault();
    stops[next]?.focus();
  });
}

function nextOf(key: string, at: number, count: number, axis: Axis): number | undefined {
  const bounded = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case back[axis]:
      return bounded(at - 1);
    case on[axis]:
      return bounded(at + 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "PageUp":
      return axis === "y" ? bounded(at - pageLength) : undefined;
    case "PageDown":
      return axis === "y" ? bounded(at + pageLength) : undefined;
    default:
      return undefined;
  }
}

/** In a text, arrows go through the text: they leave it at its ends alone. */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (!(target instanceof HTMLInputElement) || !["text", "search"].includes(target.type)) return false;
  const { selectionStart, selectionEnd, value } = target;
  if (selectionStart !== selectionEnd) return true;
  return !(
    (key === "ArrowRight" && selectionEnd === value.length) ||
    (key === "ArrowLeft" && selectionStart === 0 && value === "")
  );
}
