import { html, type TemplateResult } from "lit";
import type { ComparisonView } from "../../../src/protocol/comparison.js";
import { evidenceWords, substances } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";
import { chooseChange, type Looking, listed, neighbour, type Shown } from "./looking.js";

type Change = ComparisonView["changes"][number];

/** The changes with their numbers, filtered by what they are worth. */
export function listView(
  shown: Shown,
  state: State,
  actions: Actions,
  look: (change: Partial<Looking>) => void,
): TemplateResult {
  const { comparison, looking } = shown;
  const { changes } = comparison;
  if (changes.length === 0) return html``;
  const numbers = listed(shown);
  const go = (step: 1 | -1) => () => chooseChange(neighbour(shown, state.chosenChange, step), actions);
  const rows = (isWanted: (change: Change) => boolean) =>
    numbers.flatMap((index) => {
      const change = changes[index];
      return change && isWanted(change) ? [changeView(change, index, state, actions)] : [];
    });
  const denied = rows(({ standing }) => standing === "contradicted");
  const review = rows(({ standing }) => standing === "review");
  return html`<div class="filter" role="group" aria-label="Show changes by worth">
      ${substances.map((substance) => {
        const count = changes.filter((change) => change.substance === substance).length;
        const isShown = looking.shown.includes(substance);
        const toggled = isShown
          ? looking.shown.filter((one) => one !== substance)
          : [...looking.shown, substance];
        return count === 0
          ? ""
          : html`<button class="chip" aria-pressed=${isShown} @click=${() => look({ shown: toggled })}>
            ${substance} <b>${count}</b>
          </button>`;
      })}
      <span class="gap"></span>
      <vscode-button secondary title="Previous change (P)" @click=${go(-1)}>Previous</vscode-button>
      <vscode-button secondary title="Next change (N)" @click=${go(1)}>Next</vscode-button>
    </div>
    <ol class="findings">
      ${rows(({ standing }) => standing !== "contradicted" && standing !== "review")}
    </ol>
    ${
      review.length > 0
        ? html`<h2>Needs review (${review.length})</h2>
          <p class="dim">Claude alone sees these.</p>
          <ol class="findings">${review}</ol>`
        : ""
    }
    ${
      denied.length > 0
        ? html`<details class="contradicted">
          <summary>Not supported by measurement (${denied.length})</summary>
          <ol class="findings">${denied}</ol>
        </details>`
        : ""
    }
    ${numbers.length === 0 ? html`<p class="dim">All ${changes.length} changes are filtered out.</p>` : ""}`;
}

function changeView(change: Change, index: number, state: State, actions: Actions): TemplateResult {
  const { title, words, consequences, intent, facts, substance, evidence, after } = change;
  const isChosen = state.chosenChange === index;
  return html`<li id="change-${index}" class=${isChosen ? "finding chosen" : "finding"}>
    <button
      class="head"
      aria-expanded=${isChosen}
      @click=${() => chooseChange(isChosen ? undefined : index, actions)}
    >
      <span class="number ${substance}">${index + 1}</span>
      <span class="title">${title}</span>
      <span class="tag evidence ${evidence}">${evidenceWords[evidence]}</span>
      <span class="tag">${substance}</span>
    </button>
    ${
      isChosen
        ? html`<div class="body">
          <p>${words}</p>
          ${consequences.map((one) => html`<p><strong>${one}</strong></p>`)}
          ${intent === "" ? "" : html`<p><span class="dim">Most likely:</span> ${intent}</p>`}
          ${facts.map((fact) => html`<p class="measured">${fact}</p>`)}
          ${
            after.length > 0 && evidence !== "contradicted"
              ? html`<div class="actions">
                <vscode-button
                  secondary
                  title="Leaves this place out from now on, by a file of the workspace"
                  @click=${() => actions.act({ action: "ignore", change: index })}
                  >Ignore This Zone…</vscode-button
                >
              </div>`
              : ""
          }
        </div>`
        : ""
    }
  </li>`;
}
