import { html, type TemplateResult } from "lit";
import type { Report } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";
import { markButton } from "./marks.js";

/** What was measured without a verdict, by reason: choosing a mark shows it on the picture. */
export function undecidedView({ undecided }: Report, state: State, actions: Actions): TemplateResult {
  const count = undecided.reduce((sum, { places }) => sum + places.length, 0);
  if (count === 0) return html``;
  return html`<details class="marks undecided">
    <summary>Measured without a verdict (${count})</summary>
    ${undecided.map(
      ({ criterion, reason, places }) =>
        html`<p>${reason} <span class="dim">(${criterion.number}, ${places.length})</span></p>
          <ul>
            ${places.map(({ id, label }) => html`<li>${markButton(id, label, state, actions)}</li>`)}
          </ul>`,
    )}
  </details>`;
}
