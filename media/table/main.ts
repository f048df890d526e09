import "../noEval.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import "@vscode-elements/elements/dist/vscode-textfield/index.js";
import { html, render, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import {
  type FromTable,
  type RowView,
  TableState,
  type TableView,
  ToTable,
} from "../../src/protocol/table.js";
import type { WorkflowView } from "../../src/protocol/workflows.js";
import { impacts } from "../../src/report.js";
import { app, connect, initialState, keepState } from "../page.js";
import { dollars } from "../panel/dollars.js";

const channel = connect<ToTable, FromTable>(ToTable, take);
const send = (message: FromTable) => channel.send(message);

/** Rows that are drawn at first, and for each “Show More”. */
const page = 300;

type Column = "name" | "state" | "findings" | "cost";
type State = RowView["state"];

let workflows: readonly WorkflowView[] = [];
let view: TableView | undefined;
const rows: RowView[] = [];
let sort: { by: Column; down: boolean } | undefined;
let shownState: State | "all" = "all";
let search = "";
let most = page;

const stateWords: Record<State, string> = {
  waiting: "Waiting",
  working: "Working",
  submitted: "Submitted",
  done: "Done",
  review: "Needs review",
  failed: "Failed",
  cancelled: "Cancelled",
};
const countWords = {
  review: "to review",
  failed: "failed",
  cancelled: "cancelled",
  submitted: "submitted",
} as const;
/** Where a state stands when sorted: what needs the person first. */
const stateOrder: State[] = ["failed", "review", "working", "submitted", "waiting", "cancelled", "done"];

const weight = ({ findings }: RowView): number =>
  impacts.reduce((sum, impact) => sum * 1000 + (findings[impact] ?? 0), 0);

const compare: Record<Column, (a: RowView, b: RowView) => number> = {
  name: (a, b) =>
    `${a.folder}/${a.name}`.localeCompare(`${b.folder}/${b.name}`, undefined, { numeric: true }),
  state: (a, b) => stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state),
  findings: (a, b) => weight(b) - weight(a),
  cost: (a, b) => (b.cost ?? -1) - (a.cost ?? -1),
};

function listed(): Array<{ row: RowView; index: number }> {
  const wanted = search.toLowerCase();
  const found = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => shownState === "all" || row.state === shownState)
    .filter(({ row }) => `${row.folder}/${row.name}\n${row.summary}`.toLowerCase().includes(wanted));
  if (!sort) return found;
  const { by, down } = sort;
  return found.sort((a, b) => (compare[by](a.row, b.row) || a.index - b.index) * (down ? -1 : 1));
}

function draw(): void {
  render(view ? tableView(view) : html``, app);
}

function tableView({ title, progress, canCancel, workflow, formats }: TableView): TemplateResult {
  const all = listed();
  const hasFindings = workflows.find(({ id }) => id === workflow)?.result === "findings";
  const count = (...states: State[]) => rows.filter(({ state }) => states.includes(state)).length;
  const retryable = count("failed", "cancelled");
  const cost = rows.reduce((sum, row) => sum + (row.cost ?? 0), 0);
  const finished = count("done", "review", "failed", "cancelled");
  return html`<section class="table" aria-label="Pictures">
    <div class="bar">
      <h1>${title}</h1>
      <span class="gap"></span>
      ${
        retryable > 0 && !canCancel
          ? html`<vscode-button @click=${() => send({ type: "retryFailed" })}
              >Retry Failed (${retryable})</vscode-button
            >`
          : ""
      }
      ${canCancel ? html`<vscode-button secondary @click=${() => send({ type: "cancel" })}>Cancel</vscode-button>` : ""}
    </div>
    ${
      canCancel && count("submitted") === 0
        ? html`<vscode-progress-bar
            max=${rows.length}
            value=${finished}
            aria-label="Pictures that are finished"
          ></vscode-progress-bar>`
        : ""
    }
    <p class="dim" role="status">
      ${[
        `${finished} of ${rows.length} finished`,
        ...(["review", "failed", "cancelled", "submitted"] as const).flatMap((state) =>
          count(state) > 0 ? [`${count(state)} ${countWords[state]}`] : [],
        ),
        dollars(cost),
        ...(progress ? [progress] : []),
      ].join(" · ")}
    </p>
    <div class="actions">
      <vscode-textfield
        placeholder="Search"
        label="Search pictures"
        .value=${search}
        @input=${(event: Event) => {
          search = (event.target as HTMLInputElement).value;
          draw();
        }}
      ></vscode-textfield>
      <vscode-single-select
        label="Show pictures that are"
        @change=${(event: Event) => {
          shownState = (event.target as HTMLSelectElement).value as State | "all";
          draw();
        }}
      >
        <vscode-option value="all" ?selected=${shownState === "all"}>All states</vscode-option>
        ${stateOrder.map((state) => html`<vscode-option value=${state}>${stateWords[state]}</vscode-option>`)}
      </vscode-single-select>
      <span class="gap"></span>
      ${formats.map(
        (format) =>
          html`<vscode-button secondary @click=${() => send({ type: "export", format: format.id })}
            >Save ${format.title}</vscode-button
          >`,
      )}
    </div>
    <table>
      <thead>
        <tr>
          ${headOf("name", "Picture")} ${headOf("state", "State")}
          ${hasFindings ? headOf("findings", "Findings") : ""}
          <th scope="col">Result</th>
          ${headOf("cost", "Cost")}
        </tr>
      </thead>
      <tbody>
        ${repeat(
          all.slice(0, most),
          ({ index }) => index,
          ({ row, index }) => rowView(row, index, hasFindings),
        )}
      </tbody>
    </table>
    ${all.length === 0 ? html`<p class="dim">No picture is like that.</p>` : ""}
    ${
      all.length > most
        ? html`<vscode-button
            secondary
            @click=${() => {
              most += page;
              draw();
            }}
            >Show More (${all.length - most} left)</vscode-button
          >`
        : ""
    }
  </section>`;
}

function headOf(by: Column, label: string): TemplateResult {
  const isSorted = sort?.by === by;
  const order = isSorted ? (sort?.down ? "descending" : "ascending") : "none";
  const toggle = () => {
    sort = isSorted && sort?.down ? undefined : { by, down: isSorted };
    draw();
  };
  return html`<th scope="col" aria-sort=${order} class=${by}>
    <button @click=${toggle}>${label} <span aria-hidden="true">${isSorted ? (sort?.down ? "▾" : "▴") : ""}</span></button>
  </th>`;
}

function rowView(row: RowView, index: number, hasFindings: boolean): TemplateResult {
  const { name, folder, state, findings, summary, cost } = row;
  return html`<tr class=${state}>
    <td>
      <button class="link" @click=${() => send({ type: "open", index })}>${name}</button>
      <span class="dim">${folder}</span>
    </td>
    <td><span class="state ${state}">${stateWords[state]}</span></td>
    ${
      hasFindings
        ? html`<td class="counts">
            ${impacts.map((impact) =>
              findings[impact]
                ? html`<span class="count ${impact}">${findings[impact]} ${impact}</span>`
                : "",
            )}
          </td>`
        : ""
    }
    <td class="said">${summary}</td>
    <td class="cost">${cost === undefined ? "" : dollars(cost)}</td>
  </tr>`;
}

function take(message: ToTable): void {
  switch (message.type) {
    case "start":
      workflows = message.workflows;
      break;
    case "view":
      view = message.view;
      break;
    case "rows":
      for (const { index, row } of message.rows) rows[index] = row;
  }
  draw();
}

const own = initialState(TableState);
if (own) keepState(own);
send({ type: "ready" });
