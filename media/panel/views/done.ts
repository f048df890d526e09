import { html, type TemplateResult } from "lit";
import type { View } from "../../../src/protocol/panel.js";
import { findingsView } from "../../features/findings/findingsView.js";
import type { Actions } from "../main.js";
import { type State, wordsOf } from "../state.js";

type Done = Extract<View, { state: "done" }>;

/** The result, and what can be done with it. */
export function doneView(view: Done, state: State, actions: Actions): TemplateResult {
  const { report, facts, stale, offline } = view;
  const { feature } = state;
  const words = wordsOf(state, report.workflow);
  const done = { report, isOffline: offline !== undefined };
  const use = (how: "copy" | "insert" | "newDocument" | "save") => () => actions.send({ type: "use", how });
  return html`<div class="bar"><h1>${report.title}</h1></div>
    ${
      stale
        ? html`<p class="message" role="status">
          The picture has changed since.
          <vscode-button secondary @click=${() => actions.send({ type: "runAgain" })}>Run Again</vscode-button>
        </p>`
        : ""
    }
    <p class="summary">${report.summary}</p>
    ${
      offline
        ? html`<div class="offline" role="note">
            <p>${offline.message}</p>
            ${offline.next.map(
              ({ step, label }) =>
                html`<vscode-button @click=${() => actions.send({ type: "next", step })}>${label}</vscode-button>`,
            )}
          </div>`
        : ""
    }
    <div class="actions">
      <vscode-button @click=${use("insert")}>Insert</vscode-button>
      <vscode-button secondary @click=${use("newDocument")}>New File</vscode-button>
      <vscode-button secondary @click=${use("copy")}>${words?.copy ?? "Copy"}</vscode-button>
      <vscode-button secondary @click=${use("save")}>Save…</vscode-button>
      ${feature?.buttons?.() ?? ""}
      <vscode-button secondary @click=${() => actions.send({ type: "runAgain" })}>Run Again</vscode-button>
    </div>
    ${feature?.list?.(state) ?? findingsView(state, actions)} ${feature?.body(done, state) ?? ""} ${fieldsView(view)}
    ${feature?.appendix?.(done, state) ?? ""}
    ${listView(words?.leftOpen ?? "Not judged", report.notJudged)}
    ${listView("Notes", report.notes)}
    <p class="facts">${facts.join(" · ")}</p>`;
}

function fieldsView({ report: { fields } }: Done): TemplateResult {
  if (fields.length === 0) return html``;
  return html`<details open>
    <summary>What was read</summary>
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

function listView(title: string, entries: string[]): TemplateResult {
  if (entries.length === 0) return html``;
  return html`<details ?open=${title === "Notes"}>
    <summary>${title} (${entries.length})</summary>
    <ul>
      ${entries.map((entry) => html`<li>${entry}</li>`)}
    </ul>
  </details>`;
}
