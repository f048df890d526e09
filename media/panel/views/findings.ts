import { html, type TemplateResult } from "lit";
import { type Finding, type Impact, impacts } from "../../../src/report.js";
import type { Actions } from "../main.js";
import { allFindings, type State, shownFindings } from "../state.js";

/** The list of findings, with a filter by impact. Choosing one shows its box on the picture. */
export function findingsView(state: State, { update }: Actions): TemplateResult {
  const all = allFindings(state.view);
  if (all.length === 0) return html``;
  const shown = shownFindings(state);
  const toggle = (impact: Impact) =>
    update({
      shownImpacts: state.shownImpacts.includes(impact)
        ? state.shownImpacts.filter((other) => other !== impact)
        : [...state.shownImpacts, impact],
    });
  return html`<div class="filter" role="group" aria-label="Show findings by impact">
      ${impacts.map((impact) => {
        const count = all.filter((finding) => finding.impact === impact).length;
        if (count === 0) return "";
        return html`<button
          class="chip ${impact}"
          aria-pressed=${state.shownImpacts.includes(impact)}
          @click=${() => toggle(impact)}
        >
          ${impact} <b>${count}</b>
        </button>`;
      })}
    </div>
    <ol class="findings" @keydown=${moveByArrow}>
      ${shown.map(({ finding, index }) => findingView(finding, index, state.chosen === index, update))}
    </ol>
    ${shown.length === 0 ? html`<p class="dim">All ${all.length} findings are filtered out.</p>` : ""}`;
}

function findingView(
  finding: Finding,
  index: number,
  chosen: boolean,
  update: Actions["update"],
): TemplateResult {
  const { title, criterion, impact, where, problem, affected, fix, confidence } = finding;
  const toggle = () => {
    update({ chosen: chosen ? undefined : index });
    if (!chosen) document.querySelector(".box.chosen")?.scrollIntoView({ block: "center", inline: "center" });
  };
  return html`<li id="finding-${index}" class=${chosen ? "finding chosen" : "finding"}>
    <button class="head" aria-expanded=${chosen} @click=${toggle}>
      <span class="number ${impact}">${index + 1}</span>
      <span class="title">${title}</span>
      <span class="tag">${impact}</span>
    </button>
    ${
      chosen
        ? html`<div class="body">
          <p>
            <a href=${criterion.url}>WCAG ${criterion.number} ${criterion.name}</a>
            <span class="dim">Level ${criterion.level} · ${confidence} confidence</span>
          </p>
          <p>${problem}</p>
          <dl>
            <dt>Where</dt>
            <dd>${where}${finding.box ? "" : html` <span class="dim">(no place on the picture)</span>`}</dd>
            <dt>Affected</dt>
            <dd>${affected}</dd>
            <dt>Fix</dt>
            <dd>${fix}</dd>
          </dl>
        </div>`
        : ""
    }
  </li>`;
}

/** Up and down go from finding to finding, as in VS Code's lists. */
function moveByArrow(event: KeyboardEvent): void {
  const direction = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const list = event.currentTarget;
  if (direction === 0 || !(list instanceof HTMLElement)) return;
  const heads = [...list.querySelectorAll<HTMLElement>(".head")];
  const next = heads[heads.findIndex((head) => head === document.activeElement) + direction];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
