import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { DiagramView } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";

/** One sentence about what is wrong or missing, and the conversation goes on. */
export function refineView(
  { refining }: DiagramView,
  { sentence }: State,
  { send, update }: Actions,
): TemplateResult {
  const ask = () => {
    const wish = sentence.trim();
    if (wish !== "") send({ type: "diagram", act: { action: "refine", sentence: wish } });
  };
  if (refining) {
    return html`<div class="refine" role="status">
      <vscode-progress-bar></vscode-progress-bar>
      <p>Refining… <vscode-button secondary @click=${() => send({ type: "cancel" })}>Cancel</vscode-button></p>
    </div>`;
  }
  return html`<div class="refine">
    <label for="refine">Refine</label>
    <div class="row">
      <textarea
        id="refine"
        rows="1"
        maxlength="4000"
        placeholder="The arrow from Orders to Billing is reversed; add the cache"
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          ask();
        }}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLTextAreaElement) update({ sentence: event.target.value });
        }}
        .value=${live(sentence)}
      ></textarea>
      <vscode-button @click=${ask}>Refine</vscode-button>
    </div>
  </div>`;
}
