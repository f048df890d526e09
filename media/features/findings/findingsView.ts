import { html, type TemplateResult } from "lit";
import {
  asideWords,
  evidenceWords,
  type Finding,
  type Impact,
  impacts,
  setAsideBy,
  standingOf,
  standings,
} from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { allFindings, reportOf, type State, shownFindings } from "../../panel/state.js";
import { marksOfFinding } from "./marks.js";

/** The list of findings, with a filter by impact. Choosing one shows its box on the picture. */
export function findingsView(state: State, actions: Actions): TemplateResult {
  const { update } = actions;
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
    ${standings.map((standing) => {
      const own = shown.filter(({ finding }) => standingOf(finding) === standing);
      if (own.length === 0) return "";
      const list = listView(own, state, actions);
      if (standing === "stands") return list;
      if (standing === "setAside") return asideView(own, state, actions);
      const title = html`${headings[standing]} (${own.length})`;
      return standing === "review"
        ? html`<h2>${title}</h2>
            <p class="dim">Neither Claude nor the pixels are sure of these. Accept (A) or dismiss (D) each.</p>
            ${list}`
        : html`<details class=${standing}><summary>${title}</summary>${list}</details>`;
    })}
    ${shown.length === 0 ? html`<p class="dim">All ${all.length} findings are filtered out.</p>` : ""}`;
}

const headings = {
  review: "Needs review",
  contradicted: "Not supported by measurement",
  dismissed: "Dismissed",
} as const;

type Listed = ReturnType<typeof shownFindings>;

const listView = (listed: Listed, state: State, actions: Actions): TemplateResult =>
  html`<ol class="findings" @keydown=${(event: KeyboardEvent) => onKey(event, state, actions)}>
    ${listed.map(({ finding, index }) => findingView(finding, index, state, actions))}
  </ol>`;

/** What Claude sets aside, folded away under each reason, with the way back for all of it. */
function asideView(listed: Listed, state: State, actions: Actions): TemplateResult[] {
  return setAsideBy(listed.map(({ finding }) => finding)).map(({ reason, findings }) => {
    const own = listed.filter(({ finding }) => findings.includes(finding));
    return html`<details class="setAside">
      <summary>Set aside by Claude: ${asideWords[reason]} (${own.length})</summary>
      <p class="dim">
        These fail by measurement. Claude says that they need not pass: restore what you see otherwise.
      </p>
      ${listView(own, state, actions)}
    </details>`;
  });
}

function findingView(finding: Finding, index: number, state: State, actions: Actions): TemplateResult {
  const { title, criterion, impact, where, problem, affected, fix, confidence, evidence, measured } = finding;
  const chosen = state.chosen === index;
  const report = reportOf(state.view);
  const toggle = () => {
    actions.update({ chosen: chosen ? undefined : index, chosenMark: undefined });
    if (!chosen) document.querySelector(".box.chosen")?.scrollIntoView({ block: "center", inline: "center" });
  };
  return html`<li id="finding-${index}" class=${chosen ? "finding chosen" : "finding"}>
    <button class="head" aria-expanded=${chosen} @click=${toggle}>
      <span class="number ${impact}">${index + 1}</span>
      <span class="title">${title}</span>
      <span class="tag evidence ${evidence}">${evidenceWords[evidence]}</span>
      <span class="tag">${impact}</span>
    </button>
    ${
      chosen
        ? html`<div class="body">
          <p>
            ${criterion ? html`<a href=${criterion.url}>WCAG ${criterion.number} ${criterion.name}</a>` : "Display defect"}
            <span class="dim">${criterion ? `Level ${criterion.level} · ` : ""}${confidence} confidence, ${evidenceWords[evidence]}</span>
          </p>
          <p>${problem}</p>
          ${measured && evidence !== "measured" ? html`<p class="measured">${measured}</p>` : ""}
          ${report ? marksOfFinding(finding.marks, report, state, actions) : ""}
          <dl>
            <dt>Where</dt>
            <dd>${where}${finding.box ? "" : html` <span class="dim">(no place on the picture)</span>`}</dd>
            <dt>Affected</dt>
            <dd>${affected}</dd>
            <dt>Fix</dt>
            <dd>${fix}</dd>
          </dl>
          ${report ? decisionView(finding, actions) : ""}
        </div>`
        : ""
    }
  </li>`;
}

/** Accept and dismiss, where a person is asked, and the way back. */
function decisionView(finding: Finding, { act, update }: Actions): TemplateResult {
  const { key, decision, setAside } = finding;
  const decide = (made?: Finding["decision"]) => () => {
    // It moves to another list: what has its number then is not what was chosen.
    if (setAside) update({ chosen: undefined });
    act({ action: "decide", key, ...(made ? { decision: made } : {}) });
  };
  if (decision) {
    return html`<div class="actions">
      <span class="dim">${decision === "dismissed" ? "Dismissed." : setAside ? "Restored." : "Accepted."}</span>
      <vscode-button secondary @click=${decide()}>Undo</vscode-button>
    </div>`;
  }
  if (standingOf(finding) === "setAside") {
    return html`<div class="actions">
      <vscode-button secondary @click=${decide("accepted")}>Restore</vscode-button>
    </div>`;
  }
  if (standingOf(finding) !== "review") return html``;
  return html`<div class="actions">
    <vscode-button title="Accept (A)" @click=${decide("accepted")}>Accept</vscode-button>
    <vscode-button secondary title="Dismiss (D)" @click=${decide("dismissed")}>Dismiss</vscode-button>
  </div>`;
}

/** Up and down go from finding to finding, as in VS Code's lists; A accepts and D dismisses. */
function onKey(event: KeyboardEvent, state: State, { act }: Actions): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const made = event.key === "a" ? "accepted" : event.key === "d" ? "dismissed" : undefined;
  const item = event.target instanceof Element ? event.target.closest("li.finding") : null;
  const finding = allFindings(state.view)[Number(item?.id.replace("finding-", ""))];
  if (made && finding && reportOf(state.view) && standingOf(finding) === "review") {
    event.preventDefault();
    return act({ action: "decide", key: finding.key, decision: made });
  }
  moveByArrow(event);
}

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
