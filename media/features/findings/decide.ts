import { html, type TemplateResult } from "lit";
import { type Dismissal, dismissals, dismissalWords, type Finding, standingOf } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";

type Decision = Finding["decision"];

/** Decides about findings; what the host made of it is announced when it is there. */
export function decide(
  keys: readonly string[],
  decision: Decision,
  { act, update, state }: Actions,
  dismissal?: Dismissal,
): void {
  if (keys.length === 0) return;
  act({ action: "decide", keys, ...(decision ? { decision } : {}), ...(dismissal ? { dismissal } : {}) });
  update({ findings: { ...state().findings, dismissing: undefined, selected: new Set() } });
}

/** The reasons for which something can be dismissed. */
export function reasonsView(keys: readonly string[], actions: Actions): TemplateResult {
  const close = () => actions.update({ findings: { ...actions.state().findings, dismissing: undefined } });
  return html`<div
    class="reasons"
    role="group"
    aria-label="Why dismiss?"
    data-roving="x"
    @keydown=${(event: KeyboardEvent) => event.key === "Escape" && close()}
  >
    <span class="dim">Dismiss as</span>
    ${dismissals.map(
      (dismissal) =>
        html`<button class="button secondary" data-stop @click=${() => decide(keys, "dismissed", actions, dismissal)}>
          ${dismissalWords[dismissal]}
        </button>`,
    )}
    <button class="tool" data-stop @click=${close}>Cancel</button>
  </div>`;
}

/** Begins to dismiss: the reasons are shown, and the first has the focus. */
export function beginDismissing(what: string, { update, state }: Actions): void {
  update({ findings: { ...state().findings, dismissing: what } });
  document.querySelector<HTMLElement>(".reasons button")?.focus();
}

/** What a person can decide about one finding. */
export function decisionView(finding: Finding, state: State, actions: Actions): TemplateResult {
  const { key, decision, dismissal, setAside } = finding;
  if (state.findings.dismissing === key) return reasonsView([key], actions);
  if (decision) {
    const reason = dismissal ? ` as ${dismissalWords[dismissal].toLowerCase()}` : "";
    return html`<span class="dim">${decision === "dismissed" ? `Dismissed${reason}.` : setAside ? "Restored." : "Accepted."}</span>
      <button class="button secondary" @click=${() => decide([key], undefined, actions)}>Reopen</button>`;
  }
  const standing = standingOf(finding);
  const accept = standing === "setAside" ? "Restore" : "Accept";
  return html`<button class="button secondary" title="${accept} (A)" @click=${() => decide([key], "accepted", actions)}>${accept}</button>
    <button class="button secondary" title="Dismiss (D)" @click=${() => beginDismissing(key, actions)}>Dismiss…</button>`;
}

/** What can be done with all that are selected. */
export function selectionView({ findings }: State, actions: Actions): TemplateResult {
  const keys = [...findings.selected];
  if (keys.length === 0) return html``;
  if (findings.dismissing === "selection")
    return html`<div class="selection">${reasonsView(keys, actions)}</div>`;
  const { act, update } = actions;
  return html`<div class="selection" role="toolbar" aria-label="Selected findings" data-roving="x">
    <b>${keys.length} selected</b>
    <button class="button secondary" data-stop @click=${() => decide(keys, "accepted", actions)}>Accept</button>
    <button class="button secondary" data-stop @click=${() => beginDismissing("selection", actions)}>Dismiss…</button>
    <button class="button secondary" data-stop @click=${() => act({ action: "copy", keys })}>Copy</button>
    <button class="button secondary" data-stop @click=${() => act({ action: "issue", keys })}>Create Issue</button>
    <button class="tool" data-stop @click=${() => update({ findings: { ...findings, selected: new Set() } })}>Clear</button>
  </div>`;
}
