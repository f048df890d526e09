import { html, type TemplateResult } from "lit";
import type { DiagramView, View } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { diagramView } from "./diagram.js";
import { findingsView } from "./findings.js";
import { issueView } from "./issue.js";
import { marksView } from "./marks.js";

type Done = Extract<View, { state: "done" }>;

const copyLabels = { audit: "Copy as Markdown", triage: "Copy", diagram: "Copy" } as const;

/** The result, and what can be done with it. */
export function doneView(view: Done, state: State, actions: Actions): TemplateResult {
  const { report, facts, issue, diagram, stale, offline } = view;
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
      <vscode-button secondary @click=${use("copy")}>${copyLabels[report.workflow]}</vscode-button>
      <vscode-button secondary @click=${use("save")}>Save…</vscode-button>
      ${diagram ? drawingButtons(diagram, actions) : ""}
      <vscode-button secondary @click=${() => actions.send({ type: "runAgain" })}>Run Again</vscode-button>
    </div>
    ${
      report.workflow === "audit" && report.findings.length === 0
        ? html`<p>${offline ? "No failure was measured." : "No problems were found in what a picture can show."}</p>`
        : ""
    }
    ${findingsView(state, actions)} ${issue ? issueView(issue, state, actions) : ""}
    ${diagram ? diagramView(diagram, state, actions) : ""} ${fieldsView(view)}
    ${report.workflow === "audit" ? marksView(report, state, actions) : ""}
    ${listView(report.workflow === "triage" ? "Missing for a reproduction" : "Not judged", report.notJudged)}
    ${listView("Notes", report.notes)}
    <p class="facts">${facts.join(" · ")}</p>`;
}

function drawingButtons({ drawing }: DiagramView, { send }: Actions): TemplateResult[] {
  return (["svg", "png"] as const).map(
    (format) =>
      html`<vscode-button
        secondary
        @click=${async () => {
          const bytes = await window.exportDrawing?.(drawing, format);
          if (bytes !== undefined) send({ type: "diagram", act: { action: "saveDrawing", format, bytes } });
        }}
        >Save ${format.toUpperCase()}</vscode-button
      >`,
  );
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
