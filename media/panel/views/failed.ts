import { html, type TemplateResult } from "lit";
import type { View } from "../../../src/protocol/panel.js";
import { findingsView } from "../../features/findings/findingsView.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";

type Failed = Extract<View, { state: "failed" }>;

/** What went wrong, with the buttons that help, and greyed what had arrived. */
export function failedView(
  { title, message, next, findings }: Failed,
  state: State,
  actions: Actions,
): TemplateResult {
  return html`<div class="bar"><h1>${title}</h1></div>
    <p class="message" role="alert">${message}</p>
    <div class="actions">
      ${next.map(
        ({ step, label }, index) =>
          html`<vscode-button ?secondary=${index > 0} @click=${() => actions.send({ type: "next", step })}
            >${label}</vscode-button
          >`,
      )}
    </div>
    ${
      findings.length > 0
        ? html`<div class="provisional">
          <p class="dim">Incomplete: this is what had arrived. It is not kept.</p>
          ${findingsView(state, actions)}
        </div>`
        : ""
    }`;
}
