import { html, type TemplateResult } from "lit";
import type { View } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";

type Done = Extract<View, { state: "done" }>;
type Over = NonNullable<Done["over"]>;
type Of<S extends Over["state"]> = Extract<Over, { state: S }>;

/** What goes on, was asked or went wrong; else what the run took. Below what is scrolled, so that it moves nothing there. */
export function footerView(view: View | undefined, actions: Actions): TemplateResult {
  return html`<footer class="footer">${contentOf(view, actions)}</footer>`;
}

function contentOf(view: View | undefined, actions: Actions): TemplateResult {
  const over = view?.state === "done" ? view.over : view;
  switch (over?.state) {
    case "loading":
      return loadingView(over, actions);
    case "failed":
      return failedView(over, actions);
    case "question":
      return questionView(over, actions);
    default:
      return view?.state === "done" ? doneView(view, actions) : html``;
  }
}

/** The one display of progress. */
const loadingView = ({ stage }: Of<"loading">, { send }: Actions): TemplateResult =>
  html`<vscode-progress-bar indeterminate aria-label=${stage}></vscode-progress-bar>
    <div class="bar">
      <span role="status">${stage}…</span>
      <span class="gap"></span>
      <button class="button secondary" @click=${() => send({ type: "cancel" })}>Cancel</button>
    </div>`;

const failedView = (
  { message, next, findings, cancelled }: Of<"failed">,
  { send }: Actions,
): TemplateResult =>
  html`<p class=${cancelled ? "note" : "message"} role=${cancelled ? "status" : "alert"}>${message}</p>
    ${findings.length > 0 ? html`<p class="dim">Partial results (not saved).</p>` : ""}
    <div class="actions">
      ${next.map(
        ({ step, label }, index) =>
          html`<button class="button ${index > 0 ? "secondary" : ""}" @click=${() => send({ type: "next", step })}>${label}</button>`,
      )}
    </div>`;

/** Nothing is sent yet: what was found in the picture, and what the person wants done. */
const questionView = (
  { reasons, caution, choices }: Of<"question">,
  { send, state }: Actions,
): TemplateResult =>
  html`<div class="message" role="alert">
      <p>Before anything is sent:</p>
      ${reasons.map((reason) => html`<p>${reason}</p>`)}
      <p class="dim">${caution}</p>
    </div>
    <div class="actions">
      ${choices.map(
        ({ choice, label }, index) =>
          html`<button class="button ${index > 0 ? "secondary" : ""}" @click=${() => send({ type: "choose", choice, covers: [...(state().covers?.boxes ?? [])] })}>${label}</button>`,
      )}
    </div>`;

const doneView = ({ offline, facts }: Done, { send }: Actions): TemplateResult =>
  html`${
    offline
      ? html`<div class="bar" role="note">
            <span>${offline.message}</span>
            <span class="gap"></span>
            ${offline.next.map(
              ({ step, label }) =>
                html`<button class="button secondary" @click=${() => send({ type: "next", step })}>${label}</button>`,
            )}
          </div>`
      : ""
  }
    <p class="facts">${facts.join(" · ")}</p>`;
