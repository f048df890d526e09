import { html, type TemplateResult } from "lit";
import type { View } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { findingsView } from "./findings.js";

type Loading = Extract<View, { state: "loading" }>;

/** The run goes on: its stage, and the findings that have arrived, provisional and without actions. */
export function loadingView(
  { title, stage, findings }: Loading,
  state: State,
  actions: Actions,
): TemplateResult {
  return html`<div class="bar">
      <h1>${title}</h1>
      <span class="gap"></span>
      <vscode-button secondary @click=${() => actions.send({ type: "cancel" })}>Cancel</vscode-button>
    </div>
    <vscode-progress-bar indeterminate aria-label=${stage}></vscode-progress-bar>
    <p class="dim" role="status">${stage}…</p>
    ${
      findings.length > 0
        ? html`<div class="provisional">
          <p class="dim">Arriving. These may still change.</p>
          ${findingsView(state, actions)}
        </div>`
        : ""
    }`;
}
