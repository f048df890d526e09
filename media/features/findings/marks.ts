import { html, type TemplateResult } from "lit";
import type { ControlMark, Report, TextMark } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";
import { type MeasuredKind, measuredKinds } from "./findingsState.js";
import { swatch } from "./statement.js";

type Marks = Pick<Report, "texts" | "controls">;

/** Everything that was measured, to be looked up: choosing a mark shows it on the picture. */
export function marksView(marks: Marks, state: State, actions: Actions): TemplateResult {
  const count = marks.texts.length + marks.controls.length;
  if (count === 0) return html``;
  const texts = marks.texts.filter(kinds[state.findings.measured].holds);
  const isAll = state.findings.measured === "all";
  return html`<details class="marks">
    <summary>All measurements (${count})</summary>
    <div class="actions" role="group" aria-label="Show measurements">
      ${measuredKinds.map(
        (kind) =>
          html`<button
            class="chip"
            aria-pressed=${state.findings.measured === kind}
            @click=${() => actions.update({ findings: { ...state.findings, measured: kind } })}
          >
            ${kinds[kind].title}
          </button>`,
      )}
    </div>
    <ul>
      ${markRows({ texts, controls: isAll ? marks.controls : [] }, state, actions)}
    </ul>
  </details>`;
}

/** How near to its threshold a contrast is that passes, and may soon not. */
const nearFactor = 1.1;

/** Which measurements are listed. */
const kinds: Record<MeasuredKind, { title: string; holds(text: TextMark): boolean }> = {
  all: { title: "All", holds: () => true },
  failing: { title: "Failing", holds: ({ contrast }) => contrast.status === "measured" && !contrast.passes },
  near: {
    title: "Just passing",
    holds: ({ contrast }) =>
      contrast.status === "measured" && contrast.passes && contrast.worst < contrast.needed * nearFactor,
  },
  unmeasured: { title: "Not measured", holds: ({ contrast }) => contrast.status === "unmeasured" },
};

/** The marks that a finding is about, with their swatches. */
export function marksOfFinding(
  ids: readonly string[],
  report: Report,
  state: State,
  actions: Actions,
): TemplateResult {
  const texts = report.texts.filter(({ id }) => ids.includes(id));
  const controls = report.controls.filter(({ id }) => ids.includes(id));
  if (texts.length + controls.length === 0) return html``;
  return html`<ul class="marks" aria-label="Marks">
    ${markRows({ texts, controls }, state, actions)}
  </ul>`;
}

const markRows = ({ texts, controls }: Marks, state: State, actions: Actions): TemplateResult[] => [
  ...texts.map((text) =>
    markRow(text.id, text.text || "(not read)", textDetails(text, actions), state, actions),
  ),
  ...controls.map((control) => markRow(control.id, control.kind, controlDetails(control), state, actions)),
];

const markRow = (
  id: string,
  label: string,
  details: TemplateResult,
  state: State,
  actions: Actions,
): TemplateResult =>
  html`<li>
    ${markButton(id, label, state, actions)}
    <span class="measures">${details}</span>
  </li>`;

/** A mark by its number and a few words. Pressed, it is shown on the picture. */
export function markButton(
  id: string,
  label: string,
  { chosenMark }: State,
  { update }: Actions,
): TemplateResult {
  const chosen = chosenMark === id;
  const show = () => {
    update({ chosenMark: chosen ? undefined : id });
    if (!chosen) document.querySelector(".box.mark")?.scrollIntoView({ block: "center", inline: "center" });
  };
  return html`<button class="mark" aria-pressed=${chosen} @click=${show}><b>${id}</b> <span>${label}</span></button>`;
}

function textDetails({ contrast, fontSize, bold }: TextMark, { act }: Actions): TemplateResult {
  const size = html`<span class="dim">${Math.round(fontSize)} CSS px${bold ? " bold" : ""}</span>`;
  if (contrast.status === "unmeasured") return html`${size} <span class="dim">${contrast.reason}</span>`;
  const { worst, best, needed, passes, foreground, background, passing } = contrast;
  const cut = (ratio: number) => (Math.floor(ratio * 100) / 100).toFixed(2);
  const ratio = best > worst * 1.05 ? `${cut(worst)}–${cut(best)}:1` : `${cut(worst)}:1`;
  return html`${size} ${swatch(foreground, background)}
    <span>${foreground} on ${background}</span>
    <b class=${passes ? "passes" : "fails"}>${ratio} ${passes ? "passes" : "fails"} ${needed}:1</b>
    ${
      passing
        ? html`<span class="fix"
            >${swatch(passing, background)}
            <button
              class="colour"
              aria-label="Copy ${passing}, the nearest colour that passes"
              title="Copy the nearest colour that passes"
              @click=${() => act({ action: "copyColour", colour: passing })}
            >
              ${passing}
            </button>
            passes</span
          >`
        : ""
    }`;
}

const controlDetails = ({ width, height, boundary, gap }: ControlMark): TemplateResult =>
  html`<span>${Math.round(width)} × ${Math.round(height)} CSS px</span>
    <span class="dim">boundary ${boundary.toFixed(1)}:1${gap < 100 ? `, next control ${Math.round(gap)} CSS px away` : ""}</span>`;
