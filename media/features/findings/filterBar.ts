import { html, type TemplateResult } from "lit";
import {
  basisOf,
  type Evidence,
  evidenceWords,
  type Finding,
  impacts,
  type Standing,
  standing as standingFindings,
  standingOf,
  standings,
} from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { allFindings, type State } from "../../panel/state.js";
import { type FindingsState, sorts, sortWords, toggled } from "./findingsState.js";
import { criterionKey, shownFindings } from "./shown.js";

/** What a standing is called in the filter. */
export const standingWords: Record<Standing, string> = {
  stands: "Open or accepted",
  review: "Needs review",
  setAside: "Set aside by Claude",
  contradicted: "Not supported by measurement",
  dismissed: "Dismissed",
};

/** What each kind of evidence means, where it stands. */
export const evidenceMeanings: Record<Evidence, string> = {
  measured: "Measured in the picture's pixels",
  seen: "Claude says so; pixels can't tell",
  confirmed: "Claude says so, and the pixels agree",
  contradicted: "Claude says so, but the pixels say otherwise",
};

/** Search, impacts, and everything else that decides what the list shows and in which order. */
export function filterBar(state: State, actions: Actions): TemplateResult {
  const all = allFindings(state.view);
  const { findings } = state;
  const change = (changed: Partial<FindingsState>) => {
    actions.update({ findings: { ...findings, ...changed } });
    const shown = shownFindings(actions.state()).length;
    actions.announce(
      shown === all.length ? `${all.length} findings` : `${shown} of ${all.length} findings shown`,
    );
  };
  const hide = (hidden: Partial<FindingsState["hidden"]>) =>
    change({ hidden: { ...findings.hidden, ...hidden } });
  const counted = standingFindings(all);
  const { impacts: hiddenImpacts, ...others } = findings.hidden;
  const hiddenKinds = Object.values(others).reduce((sum, set) => sum + set.size, 0);
  const isMenuOpen = state.openMenu === "filter";
  const toggleMenu = () => actions.update({ openMenu: isMenuOpen ? undefined : "filter" });
  return html`<div class="filter" role="toolbar" aria-label="Filter findings" data-roving="x">
    <input
      type="search"
      data-stop
      placeholder="Search findings"
      aria-label="Search findings"
      .value=${findings.text}
      @input=${(event: Event) => event.target instanceof HTMLInputElement && change({ text: event.target.value })}
    />
    ${impacts.map((impact) => {
      return html`<button
        class="chip ${impact}"
        data-stop
        aria-pressed=${!hiddenImpacts.has(impact)}
        @click=${() => hide({ impacts: toggled(hiddenImpacts, impact) })}
      >
        ${impact} <b>${counted.filter((finding) => finding.impact === impact).length}</b>
      </button>`;
    })}
    <span class="menu">
      <button class="tool" data-stop aria-expanded=${isMenuOpen} @click=${toggleMenu}>
        Filter${hiddenKinds > 0 ? html` <b>${hiddenKinds}</b>` : ""}
      </button>
      ${isMenuOpen ? menuView(all, findings, change, hide, toggleMenu) : ""}
    </span>
  </div>`;
}

function menuView(
  all: readonly Finding[],
  findings: FindingsState,
  change: (changed: Partial<FindingsState>) => void,
  hide: (hidden: Partial<FindingsState["hidden"]>) => void,
  close: () => void,
): TemplateResult {
  const { hidden, sort } = findings;
  const criteria = new Map(all.map((finding) => [criterionKey(finding), basisOf(finding).name]));
  const evidence = [...new Set(all.map((finding) => finding.evidence))];
  const own = standings.filter((standing) => all.some((finding) => standingOf(finding) === standing));
  const box = (checked: boolean, label: string, title: string, toggle: () => void) =>
    html`<label title=${title}><input type="checkbox" .checked=${checked} @change=${toggle} /> ${label}</label>`;
  return html`<div class="popup wide" @keydown=${(event: KeyboardEvent) => event.key === "Escape" && close()}>
    <fieldset>
      <legend>Sort by</legend>
      ${sorts.map(
        (one) =>
          html`<label
            ><input type="radio" name="sort" .checked=${sort === one} @change=${() => change({ sort: one, lastOfFirst: Number.POSITIVE_INFINITY })} />
            ${sortWords[one]}</label
          >`,
      )}
    </fieldset>
    <fieldset>
      <legend>State</legend>
      ${own.map((one) =>
        box(!hidden.standings.has(one), standingWords[one], "", () =>
          hide({ standings: toggled(hidden.standings, one) }),
        ),
      )}
    </fieldset>
    <fieldset>
      <legend>Evidence</legend>
      ${evidence.map((one) =>
        box(
          !hidden.evidence.has(one),
          `${evidenceWords[one]}: ${evidenceMeanings[one].toLowerCase().replace("claude", "Claude")}`,
          evidenceMeanings[one],
          () => hide({ evidence: toggled(hidden.evidence, one) }),
        ),
      )}
    </fieldset>
    <fieldset>
      <legend>Criterion</legend>
      ${[...criteria].map(([key, name]) =>
        box(!hidden.criteria.has(key), name, name, () => hide({ criteria: toggled(hidden.criteria, key) })),
      )}
    </fieldset>
  </div>`;
}
