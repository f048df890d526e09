import { html, type TemplateResult } from "lit";
import type { View } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import { type State, wordsOf } from "../state.js";
import { footerView } from "./footer.js";

type Done = Extract<View, { state: "done" }>;

/**
 * The result beside its picture. Its parts stand from the start, each with its own room, so that nothing moves when they
 * fill: what it is and what can be done with it, what is scrolled, and what goes on.
 */
export function resultView(state: State, actions: Actions): TemplateResult {
  const { view, feature } = state;
  const done = view?.state === "done" ? view : undefined;
  return html`<section class="result" aria-label="Result">
    <header class="heading">
      ${headingView(state, actions)} ${done && feature?.tools ? feature.tools(state) : html`<div class="filter"></div>`}
    </header>
    <div class="scrolled">${done ? bodyView(done, state, actions) : waitingView(view)}</div>
    ${footerView(view, actions)}
  </section>`;
}

const titleOf = (view: View | undefined): string => {
  if (view?.state === "done") return view.report.title;
  return view && view.state !== "empty" ? view.title : "";
};

function headingView(state: State, actions: Actions): TemplateResult {
  const { view, feature, isSummaryOpen } = state;
  const done = view?.state === "done" ? view : undefined;
  const words = done && wordsOf(state, done.report.workflow);
  const use = (how: "copy" | "insert" | "newDocument" | "save") => () => actions.send({ type: "use", how });
  const primary = done && feature?.primary?.();
  const title = titleOf(view);
  return html`<h1 title=${title}>${title || "\u00a0"}</h1>
    <p class="summary ${isSummaryOpen ? "open" : ""}" @click=${() => actions.update({ isSummaryOpen: !isSummaryOpen })}>
      ${done?.report.summary ?? ""}
    </p>
    <div class="actions" role="toolbar" aria-label="Result" data-roving="x">
      ${primary ?? ""}
      <button class="button ${primary ? "secondary" : ""}" data-stop ?disabled=${!done} @click=${use("insert")}>Insert</button>
      <button class="button secondary" data-stop ?disabled=${!done} @click=${use("newDocument")}>New File</button>
      <button class="button secondary" data-stop ?disabled=${!done} @click=${use("save")}>Save…</button>
      <button
        class="button secondary"
        data-stop
        ?disabled=${!done || done.over?.state === "loading"}
        @click=${() => actions.send({ type: "runAgain" })}
      >
        Run Again
      </button>
      <button class="button secondary" data-stop ?disabled=${!done} @click=${use("copy")}>${words?.copy ?? "Copy"}</button>
      ${(done && feature?.buttons?.()) ?? ""}
    </div>`;
}

function bodyView(view: Done, state: State, actions: Actions): TemplateResult {
  const { report, stale, offline } = view;
  const { feature } = state;
  const done = { report, isOffline: offline !== undefined };
  // What stands below the findings would be moved by those that come.
  const isGoingOn = view.over?.state === "loading";
  return html`${
    stale
      ? html`<p class="message" role="status">
            The picture has changed since this run.
            <button class="button secondary" @click=${() => actions.send({ type: "runAgain" })}>Run Again</button>
          </p>`
      : ""
  }
    ${feature?.list?.(state) ?? ""} ${feature?.body(done, state) ?? ""} ${isGoingOn ? "" : belowView(view, state)}`;
}

function belowView(view: Done, state: State): TemplateResult {
  const { report } = view;
  const words = wordsOf(state, report.workflow);
  const done = { report, isOffline: view.offline !== undefined };
  return html`${fieldsView(view, !state.feature?.showsAll)} ${state.feature?.appendix?.(done, state) ?? ""}
    ${state.feature?.showsAll ? "" : entriesView(words?.leftOpen ?? "Not checked", report.notJudged)} ${entriesView("Notes", report.notes)}`;
}

/** Room for what is going to stand there. */
const waitingView = (view: View | undefined): TemplateResult =>
  view?.state === "loading" || view === undefined
    ? html`<div class="skeleton" aria-hidden="true">${Array.from({ length: 6 }, () => html`<div></div>`)}</div>`
    : html``;

function fieldsView({ report: { fields } }: Done, isOpen: boolean): TemplateResult {
  if (fields.length === 0) return html``;
  return html`<details ?open=${isOpen}>
    <summary>Extracted details</summary>
    <dl class="fields">
      ${fields.map(
        ({ label, value, confidence }) =>
          html`<dt>${label}</dt>
            <dd>
              <span class=${value.includes("\n") ? "verbatim" : ""}>${value}</span>
              ${confidence === "high" ? "" : html`<span class="dim">(${confidence} confidence)</span>`}
            </dd>`,
      )}
    </dl>
  </details>`;
}

function entriesView(title: string, entries: string[]): TemplateResult {
  if (entries.length === 0) return html``;
  return html`<details ?open=${title === "Notes"}>
    <summary>${title} (${entries.length})</summary>
    <ul>
      ${entries.map((entry) => html`<li>${entry}</li>`)}
    </ul>
  </details>`;
}
