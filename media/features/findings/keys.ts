import type { PanelCommand } from "../../../src/protocol/panel.js";
import type { Finding } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { allFindings } from "../../panel/state.js";
import { beginDismissing, decide } from "./decide.js";
import { toggled } from "./findingsState.js";
import { focusPin, reveal } from "./reveal.js";

/** The row that a key was pressed on. */
const rowAt = (target: EventTarget | null): string | undefined =>
  target instanceof HTMLElement && target.matches(".head") ? target.dataset.finding : undefined;

/** Keys of the list: decide, comment, select, fold, and go to the picture. */
export function onListKey(event: KeyboardEvent, actions: Actions): void {
  if (event.altKey) return;
  const { key: pressed, target } = event;
  if ((event.ctrlKey || event.metaKey) && pressed === "z" && !isText(target)) {
    event.preventDefault();
    return actions.act({ action: "undo" });
  }
  if (event.ctrlKey || event.metaKey || !(target instanceof HTMLElement)) return;
  if (pressed === "Escape" && !isText(target)) return closeBody(target, actions);
  if (fold(target, pressed)) return event.preventDefault();
  const key = rowAt(target);
  const action = key === undefined ? undefined : rowKeys[pressed];
  if (key === undefined || !action) return;
  event.preventDefault();
  action(key, actions);
}

const rowKeys: Readonly<Record<string, (key: string, actions: Actions) => void>> = {
  a: (key, actions) => decide([key], "accepted", actions),
  d: (key, actions) => {
    reveal(key, actions);
    beginDismissing(key, actions);
  },
  c: (key, actions) => {
    reveal(key, actions);
    const { findings, view } = actions.state();
    const text = allFindings(view).find((finding) => finding.key === key)?.comment ?? "";
    actions.update({ findings: { ...findings, commenting: { key, text } } });
    document.querySelector<HTMLElement>(".commenting textarea")?.focus();
  },
  p: (key) => focusPin(key),
  x: (key, { update, state }) =>
    update({ findings: { ...state().findings, selected: toggled(state().findings.selected, key) } }),
};

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/** Left folds and right unfolds, as in trees. @returns whether it did */
function fold(target: HTMLElement, pressed: string): boolean {
  const isExpanded = target.getAttribute("aria-expanded");
  const wants = pressed === "ArrowRight" ? "false" : pressed === "ArrowLeft" ? "true" : undefined;
  if (wants === undefined || isExpanded !== wants) return false;
  target.click();
  return true;
}

/** Leaves an unfolded finding: its row has the focus, and it is folded. */
function closeBody(target: HTMLElement, actions: Actions): void {
  const row = target.closest(".finding")?.querySelector<HTMLElement>(".head");
  if (!row) return;
  row.focus();
  actions.update({ chosen: undefined, chosenMark: undefined });
}

/** What VS Code's keybindings do in the list. */
export function onCommand(command: PanelCommand, actions: Actions): void {
  const { chosen, findings } = actions.state();
  switch (command) {
    case "nextFinding":
      return go(1, actions);
    case "previousFinding":
      return go(-1, actions);
    case "acceptFinding":
      return decide(targets(chosen, findings.selected), "accepted", actions);
    case "dismissFinding":
      if (findings.selected.size > 0) return beginDismissing("selection", actions);
      return chosen === undefined ? undefined : beginDismissing(chosen, actions);
    case "undoDecision":
      return actions.act({ action: "undo" });
  }
}

const targets = (chosen: Finding["key"] | undefined, selected: ReadonlySet<string>): string[] =>
  selected.size > 0 ? [...selected] : chosen === undefined ? [] : [chosen];

/** To the next or previous finding, in the order of the list, round its end. */
function go(by: 1 | -1, actions: Actions): void {
  const rows = [...document.querySelectorAll<HTMLElement>(".head[data-finding]")].filter((row) =>
    row.checkVisibility(),
  );
  const at = rows.findIndex(({ dataset }) => dataset.finding === actions.state().chosen);
  const from = at === -1 && by === -1 ? 0 : at;
  const next = rows[(from + by + rows.length) % rows.length]?.dataset.finding;
  if (next !== undefined) reveal(next, actions);
}
