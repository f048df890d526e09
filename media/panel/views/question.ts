import { html, type TemplateResult } from "lit";
import type { View } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";

type Question = Extract<View, { state: "question" }>;

/** Nothing is sent yet: what was found in the picture, and what the person wants done. */
export function questionView(
  { title, reasons, caution, choices }: Question,
  { send }: Actions,
): TemplateResult {
  return html`<div class="bar"><h1>${title}</h1></div>
    <div class="message" role="alert">
      <p>Before anything is sent:</p>
      ${reasons.map((reason) => html`<p>${reason}</p>`)}
      <p>${caution}</p>
    </div>
    <div class="actions">
      ${choices.map(
        ({ choice, label }, index) =>
          html`<vscode-button ?secondary=${index > 0} @click=${() => send({ type: "choose", choice })}
            >${label}</vscode-button
          >`,
      )}
    </div>`;
}
