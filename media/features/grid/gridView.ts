import { html, type TemplateResult } from "lit";
import type { GridView } from "../../../src/protocol/grid.js";
import {
  type Grid,
  type GridCell,
  isCellUnsure,
  pathWords,
  type Report,
  unsureCells,
} from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";

/** What a value rests on, in a word or two. */
const evidenceWords: Record<GridCell["evidence"], string> = {
  confirmed: "OCR agrees",
  contradicted: "OCR reads",
  seen: "Claude alone",
  absent: "nothing printed there",
};

/** The values that were read: to be looked at, corrected, and taken along in one format or another. */
export function gridView(view: GridView, { grid }: Report, state: State, actions: Actions): TemplateResult {
  if (!grid) return html``;
  const cell = (one: GridCell, label: string) => cellView(one, label, view, state, actions);
  return html`<section class="grid-view" aria-label="Data" @keydown=${moveByKey}>
    ${toolbar(view, grid, actions)}
    ${view.problems.map((problem) => html`<p class="message" role="status">Your schema: ${problem}</p>`)}
    ${
      grid.fields.length === 0
        ? ""
        : html`<table class="values">
            <caption class="hidden-text">Values</caption>
            <tbody>
              ${grid.fields.map((one) => html`<tr><th scope="row">${pathWords(one.path)}</th><td>${cell(one, pathWords(one.path))}</td></tr>`)}
            </tbody>
          </table>`
    }
    ${grid.tables.map(
      ({ path, columns, rows, isEstimated }) => html`<table class="values">
        <caption>${pathWords(path)}${isEstimated ? html` <span class="dim">(estimates, read off the axes)</span>` : ""}</caption>
        <thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            (row, index) =>
              html`<tr>${row.map((one, column) => html`<td>${cell(one, `${columns[column]}, row ${index + 1}`)}</td>`)}</tr>`,
          )}
        </tbody>
      </table>`,
    )}
    ${checksView(grid)}
  </section>`;
}

function toolbar({ formats, chosen }: GridView, grid: Grid, { act }: Actions): TemplateResult {
  const unsure = unsureCells(grid).length;
  const choose = (event: Event) => {
    const { target } = event;
    if (target instanceof HTMLElement && "selectedIndex" in target) {
      const format = formats[Number(target.selectedIndex)];
      if (format) act({ action: "chooseFormat", format: format.id });
    }
  };
  return html`<div class="actions">
    <label id="format-label">As</label>
    <vscode-single-select aria-labelledby="format-label" label="Format" @change=${choose}>
      ${formats.map(({ id, title }) => html`<vscode-option value=${id} ?selected=${id === chosen}>${title}</vscode-option>`)}
    </vscode-single-select>
    <vscode-button secondary @click=${() => act({ action: "saveWorkbook" })}>Save as Excel…</vscode-button>
    ${
      unsure === 0
        ? ""
        : html`<vscode-button secondary title="Next value to look at (F8)" @click=${() => focusNextUnsure()}
            >Next to Review (${unsure})</vscode-button
          >`
    }
  </div>`;
}

function cellView(
  cell: GridCell,
  name: string,
  { corrected }: GridView,
  state: State,
  { act, update }: Actions,
): TemplateResult {
  const { path, text, evidence, other } = cell;
  const isCorrected = corrected.includes(path);
  const words = isCorrected
    ? "corrected by you"
    : `${evidenceWords[evidence]}${other === undefined ? "" : ` “${other}”`}`;
  const isUnsure = isCellUnsure(cell);
  const correct = ({ target }: Event) => {
    if (target instanceof HTMLInputElement && target.value !== text)
      act({ action: "correct", path, text: target.value });
  };
  return html`<span class="cell ${isUnsure ? "unsure" : ""} ${state.hovered === path ? "hovered" : ""}" title=${words}>
    <input
      data-path=${path}
      ?data-unsure=${isUnsure}
      aria-label="${name}: ${words}"
      .value=${text}
      size=${Math.max(3, text.length)}
      @change=${correct}
      @focus=${() => update({ hovered: path })}
    />
    ${isUnsure || isCorrected ? html`<span class="evidence">${words}</span>` : ""}
  </span>`;
}

function checksView({ checks }: Grid): TemplateResult {
  if (checks.length === 0) return html``;
  const failed = checks.filter(({ holds }) => !holds);
  return html`<details class="checks" ?open=${failed.length > 0}>
    <summary>Checks: ${checks.length - failed.length} of ${checks.length} hold</summary>
    <ul>
      ${checks.map(({ words, holds }) => html`<li class=${holds ? "" : "failed"}>${holds ? "✓" : "✗"} ${words}</li>`)}
    </ul>
  </details>`;
}

/** Up and down move through a table's column, F8 to the next value to look at. */
function moveByKey(event: KeyboardEvent): void {
  if (event.key === "F8") {
    event.preventDefault();
    return focusNextUnsure();
  }
  const step = event.key === "ArrowDown" || event.key === "Enter" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const { target } = event;
  if (step === 0 || !(target instanceof HTMLInputElement)) return;
  const cell = target.closest("td");
  const row = cell?.closest("tr");
  const next = step === 1 ? row?.nextElementSibling : row?.previousElementSibling;
  const input = cell && next?.children[[...(row?.children ?? [])].indexOf(cell)]?.querySelector("input");
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
}

function focusNextUnsure(): void {
  const inputs = [...document.querySelectorAll<HTMLInputElement>(".grid-view input")];
  const from = inputs.findIndex((input) => input === document.activeElement);
  const order = [...inputs.slice(from + 1), ...inputs.slice(0, from + 1)];
  const next = order.find((input) => input.hasAttribute("data-unsure"));
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}
