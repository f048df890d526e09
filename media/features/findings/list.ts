import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { FindingsView } from "../../../src/protocol/findings.js";
import { asideWords, type Finding, type Standing, setAsideBy, standingOf } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { allFindings, type State } from "../../panel/state.js";
import { toggled } from "./findingsState.js";
import { type Group, groupsOf, type Problem, worstImpact } from "./groups.js";
import { onListKey } from "./keys.js";
import { findingView } from "./row.js";
import { numberOf, shownFindings } from "./shown.js";

/** The findings as a tree of groups; those that came while it was looked at stand below, so that nothing moves. */
export function listView(view: FindingsView, state: State, actions: Actions): TemplateResult {
  const shown = shownFindings(state);
  const { lastOfFirst } = state.findings;
  const first = shown.filter((finding) => numberOf(finding) <= lastOfFirst);
  const later = shown.filter((finding) => numberOf(finding) > lastOfFirst);
  const count = allFindings(state.view).length;
  return html`<div
    class="findings"
    data-roving="y"
    @keydown=${(event: KeyboardEvent) => onListKey(event, actions)}
  >
    ${sectionsView(first, "first", view, state, actions)}
    ${
      later.length > 0
        ? html`<h2 class="later">Added by Claude</h2>
            ${sectionsView(later, "later", view, state, actions)}`
        : ""
    }
    ${shown.length === 0 && count > 0 ? html`<p class="dim">All ${count} findings are filtered out.</p>` : ""}
  </div>`;
}

/** What counts, what waits for a decision, and folded away what does not count. */
function sectionsView(
  findings: readonly Finding[],
  part: string,
  view: FindingsView,
  state: State,
  actions: Actions,
): TemplateResult {
  const of = (standing: Standing) => findings.filter((finding) => standingOf(finding) === standing);
  const list = (own: readonly Finding[], section: string) =>
    groupsView(own, `${part} ${section}`, view, state, actions);
  const review = of("review");
  return html`${list(of("stands"), "stands")}
    ${
      review.length > 0
        ? html`<h2>Needs review (${review.length})</h2>
            <p class="dim">
              Neither Claude nor the pixels are sure of these. Press A to accept, D to dismiss.
            </p>
            ${list(review, "review")}`
        : ""
    }
    ${setAsideBy(findings).map(
      ({ reason, findings: own }) =>
        html`<details class="setAside">
          <summary>Set aside by Claude: ${asideWords[reason]} (${own.length})</summary>
          <p class="dim">
            These fail by measurement, but Claude says they need not pass. Restore any that should.
          </p>
          ${list(own, `setAside ${reason}`)}
        </details>`,
    )}
    ${foldedView("Not supported by measurement", of("contradicted"), list)}
    ${foldedView("Dismissed", of("dismissed"), list)}`;
}

const foldedView = (
  title: string,
  findings: readonly Finding[],
  list: (findings: readonly Finding[], section: string) => TemplateResult,
): TemplateResult =>
  findings.length === 0
    ? html``
    : html`<details><summary>${title} (${findings.length})</summary>${list(findings, title)}</details>`;

function groupsView(
  findings: readonly Finding[],
  section: string,
  view: FindingsView,
  state: State,
  actions: Actions,
): TemplateResult {
  const groups = groupsOf(findings, {
    sort: state.findings.sort,
    fixes: view.fixes,
  });
  return html`${repeat(
    groups,
    ({ id }) => id,
    (group) => groupView(group, `${section} ${group.id}`, view, state, actions),
  )}`;
}

function groupView(
  { criterion, isHeaded, problems }: Group,
  id: string,
  view: FindingsView,
  state: State,
  actions: Actions,
): TemplateResult {
  const isFolded = state.findings.folded.has(id);
  const findings = problems.flatMap((problem) => problem.findings);
  const fold = () =>
    actions.update({ findings: { ...state.findings, folded: toggled(state.findings.folded, id) } });
  const title = criterion ? `${criterion.number} ${criterion.name}` : "Display defects";
  return html`<section class="group">
    ${
      isHeaded
        ? html`<h2>
            <button class="fold" data-stop aria-expanded=${!isFolded} @click=${fold}>
              <span class="title">${title}</span>
              <span class="dim">${criterion ? `Level ${criterion.level}` : ""}</span>
              <span class="badge ${worstImpact(findings)}">${findings.length}</span>
            </button>
          </h2>`
        : ""
    }
    ${
      isHeaded && isFolded
        ? ""
        : html`<ol>
            ${repeat(
              problems,
              (problem) => problem.id,
              (problem) => problemView(problem, `${id} ${problem.id}`, view, state, actions),
            )}
          </ol>`
    }
  </section>`;
}

/** A problem that several findings have folds them under one row. */
function problemView(
  { findings }: Problem,
  id: string,
  view: FindingsView,
  state: State,
  actions: Actions,
): TemplateResult {
  const [first] = findings;
  if (findings.length === 1) return findingView(first, view, state, actions);
  const isFolded = state.findings.folded.has(id);
  const fold = () =>
    actions.update({ findings: { ...state.findings, folded: toggled(state.findings.folded, id) } });
  return html`<li class="problem">
    <button class="fold" data-stop aria-expanded=${!isFolded} @click=${fold}>
      <span class="title">${problemTitle(first, view)}</span>
      <span class="badge ${worstImpact(findings)}">${findings.length}</span>
    </button>
    ${
      isFolded
        ? ""
        : html`<ol>
            ${repeat(
              findings,
              ({ key }) => key,
              (finding) => findingView(finding, view, state, actions),
            )}
          </ol>`
    }
  </li>`;
}

function problemTitle({ key, title }: Finding, view: FindingsView): string {
  const fix = view.fixes[key];
  return fix ? `${fix.foreground} on ${fix.background}` : `Like “${title}”`;
}
