import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import { type Box, type Finding, type Impact, impacts } from "../../../src/report.js";
import { reveal } from "../../features/findings/reveal.js";
import { isOpen, numberOf, shownFindings } from "../../features/findings/shown.js";
import type { Actions } from "../main.js";
import { reportOf, type State } from "../state.js";
import { styled } from "../styled.js";
import { clustersOf } from "./clusters.js";
import { shownWidth } from "./zoom.js";

/** How near two numbers may come to each other on the page. CSS pixels. */
const apart = 17;

interface Marked {
  finding: Finding;
  box: Box;
}

/** A box around each finding's place, with its number beside it. Numbers that would cover each other are one. */
export function findingBoxes(picture: PanelPicture, state: State, actions: Actions): TemplateResult {
  const scale = shownWidth(picture, state.zoom) / picture.width;
  const marked = shownFindings(state).flatMap((finding): Marked[] =>
    finding.box && (isOpen(finding) || state.chosen === finding.key) ? [{ finding, box: finding.box }] : [],
  );
  return html`${marked.map(
    ({ finding, box }) =>
      html`<span
          class="box ${finding.impact} ${state.chosen === finding.key ? "chosen" : ""}"
          aria-hidden="true"
          ${styled(percentBox(box, picture))}
        ></span>`,
  )}
    ${clustersOf(marked, apart / scale).map((cluster) => clusterView(cluster, picture, state, actions))}`;
}

function clusterView(
  cluster: readonly Marked[],
  picture: PanelPicture,
  state: State,
  actions: Actions,
): TemplateResult {
  const [first] = cluster;
  if (!first) return html``;
  const chosen = cluster.find(({ finding }) => finding.key === state.chosen);
  const place = besideBox((chosen ?? first).box, picture);
  if (cluster.length === 1) return numberView(first.finding, place, state, actions);
  const name = first.finding.key;
  const isOpened = state.openCluster === name;
  const toggle = () => actions.update({ openCluster: isOpened ? undefined : name });
  const worst = worstOf(cluster.map(({ finding }) => finding.impact));
  const label = chosen ? `${numberOf(chosen.finding)}+` : `${cluster.length}×`;
  return html`<div class="cluster ${place.side}" ${styled(place.styles)}>
    <button
      class="pin many ${worst} ${chosen ? "chosen" : ""}"
      data-stop
      aria-expanded=${isOpened}
      aria-label="${cluster.length} findings here"
      title="${cluster.length} findings here"
      @click=${toggle}
      @keydown=${(event: KeyboardEvent) => event.key === "Escape" && actions.update({ openCluster: undefined })}
    >
      ${label}
    </button>
    ${
      isOpened
        ? html`<ul class="opened">
            ${cluster.map(
              ({ finding }) =>
                html`<li>
                  <button class="entry" @click=${() => reveal(finding.key, actions)}>
                    <span class="number ${finding.impact}">${numberOf(finding)}</span> ${finding.title}
                  </button>
                </li>`,
            )}
          </ul>`
        : ""
    }
  </div>`;
}

const numberView = (
  finding: Finding,
  place: ReturnType<typeof besideBox>,
  state: State,
  actions: Actions,
): TemplateResult =>
  html`<button
    class="pin ${finding.impact} ${place.side} ${state.chosen === finding.key ? "chosen" : ""}"
    data-stop
    data-finding=${finding.key}
    aria-pressed=${state.chosen === finding.key}
    aria-label="Finding ${numberOf(finding)}: ${finding.title}"
    title="${numberOf(finding)}: ${finding.title}"
    @click=${() => reveal(finding.key, actions)}
    ${styled(place.styles)}
  >
    ${numberOf(finding)}
  </button>`;

const worstOf = (own: readonly Impact[]): Impact => impacts.find((impact) => own.includes(impact)) ?? "minor";

/** The chosen mark's place, or those of the chosen finding's marks that its own box does not show. */
export function markBoxes(state: State): Box[] {
  const { view, chosen, chosenMark } = state;
  const report = reportOf(view);
  if (!report) return [];
  const finding = chosenMark === undefined ? report.findings.find(({ key }) => key === chosen) : undefined;
  const ids = chosenMark !== undefined ? [chosenMark] : (finding?.marks ?? []);
  const boxes = [...report.texts, ...report.controls]
    .filter(({ id }) => ids.includes(id))
    .map(({ box }) => box);
  return boxes.filter(({ x, y }) => x !== finding?.box?.x || y !== finding.box.y);
}

/** What looks like a secret, while a person is asked about it. */
export function secretBoxes({ view }: State): Box[] {
  const over = view?.state === "done" ? view.over : view;
  return over?.state === "question" ? over.secrets.map(({ box }) => box) : [];
}

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

/** Where a place lies on the shown picture, as styles. */
export function percentBox({ x, y, width, height }: Box, picture: PanelPicture): Record<string, string> {
  return {
    left: percent(x, picture.width),
    top: percent(y, picture.height),
    width: percent(width, picture.width),
    height: percent(height, picture.height),
  };
}

/** Beside a box: on its left, or on its right where the picture begins there. */
function besideBox({ x, y, width, height }: Box, picture: PanelPicture) {
  const side = x > 24 ? ("left" as const) : ("right" as const);
  const left = side === "left" ? x : x + width;
  return {
    side,
    styles: { left: percent(left, picture.width), top: percent(y + height / 2, picture.height) },
  };
}
