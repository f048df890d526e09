import { html, type TemplateResult } from "lit";
import type { FindingsView } from "../../../src/protocol/findings.js";
import { dismissalWords, evidenceWords, type Finding, shortBasisOf } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { crop } from "../../panel/picture/crop.js";
import type { State } from "../../panel/state.js";
import { bodyView } from "./body.js";
import { evidenceMeanings } from "./filterBar.js";
import { toggled } from "./findingsState.js";
import { showPlace } from "./reveal.js";
import { numberOf } from "./shown.js";

/** A row's crop. CSS pixels. */
const cropSize = { width: 72, height: 32 };

/** A finding's row; unfolded, all of it. */
export function findingView(
  finding: Finding,
  view: FindingsView,
  state: State,
  actions: Actions,
): TemplateResult {
  const { key, title, impact, evidence, marks, decision, dismissal, comment, box } = finding;
  const isChosen = state.chosen === key;
  const isArriving = view.arriving.includes(key);
  const isSelected = state.findings.selected.has(key);
  const toggle = () => {
    actions.update({ chosen: isChosen ? undefined : key, chosenMark: undefined });
    if (!isChosen) showPlace(key, actions);
  };
  const select = () =>
    actions.update({ findings: { ...state.findings, selected: toggled(state.findings.selected, key) } });
  const click = (event: MouseEvent) => (event.ctrlKey || event.metaKey ? select() : toggle());
  const places = marks.length > 1 ? ` · ${marks.length} places` : "";
  return html`<li class="finding ${isChosen ? "chosen" : ""} ${isArriving ? "arriving" : ""} ${isSelected ? "selected" : ""}">
    <div class="row">
      ${
        isArriving
          ? html`<span class="check"></span>`
          : html`<input
              type="checkbox"
              class="check"
              tabindex="-1"
              aria-label="Select finding ${numberOf(finding)}"
              .checked=${isSelected}
              @change=${select}
            />`
      }
      <button class="head" data-stop data-finding=${key} aria-expanded=${isChosen} @click=${click}>
        <span class="number ${impact}">${numberOf(finding)}</span>
        ${
          box && state.picture
            ? html`<canvas class="thumb" aria-hidden="true" ${crop({ picture: state.picture, box, ...cropSize, mostScale: 1 })}></canvas>`
            : html`<span class="thumb none" aria-hidden="true"></span>`
        }
        <span class="words">
          <span class="title" title=${title}>${title}</span>
          <span class="meta"
            >${shortBasisOf(finding)} · ${impact} ·
            <span class="evidence ${evidence}" title=${evidenceMeanings[evidence]}>${evidenceWords[evidence]}</span
            >${places}${comment ? " · commented" : ""}${
              decision
                ? ` · ${decision}${dismissal ? ` (${dismissalWords[dismissal].toLowerCase()})` : ""}`
                : ""
            }</span
          >
        </span>
      </button>
    </div>
    ${isChosen ? bodyView(finding, view.fixes[key], isArriving, state, actions) : ""}
  </li>`;
}
