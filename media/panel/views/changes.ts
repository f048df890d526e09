import { html, type TemplateResult } from "lit";
import type { DiagramView } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";

/** What a refinement changed, to be accepted or undone. */
export function changesView(
  { added, removed, changed }: NonNullable<DiagramView["changes"]>,
  { send }: Actions,
): TemplateResult {
  const settle = (accept: boolean) => () => send({ type: "diagram", act: { action: "settle", accept } });
  const list = (title: string, entries: string[]) =>
    entries.length === 0
      ? ""
      : html`<h3>${title}</h3>
          <ul>
            ${entries.map((entry) => html`<li>${entry}</li>`)}
          </ul>`;
  const isNothing = added.length + removed.length + changed.length === 0;
  return html`<section class="changes" aria-label="Changes" role="status">
    <h2>What changed</h2>
    ${isNothing ? html`<p>Nothing: the answer is the same graph.</p>` : ""}
    ${list("Added", added)} ${list("Removed", removed)} ${list("Changed", changed)}
    <div class="actions">
      <vscode-button @click=${settle(true)}>Accept</vscode-button>
      <vscode-button secondary @click=${settle(false)}>Undo</vscode-button>
    </div>
  </section>`;
}
