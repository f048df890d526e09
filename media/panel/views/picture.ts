import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import { type Box, type Finding, standingOf } from "../../../src/report.js";
import type { Actions } from "../main.js";
import { reportOf, type State, shownFindings } from "../state.js";
import { styled } from "../styled.js";

export const zoomSteps = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6];

/** The picture as it was sent, with a numbered box for each finding that has a place. */
export function pictureView(picture: PanelPicture, state: State, { update }: Actions): TemplateResult {
  const zoomBy = (direction: 1 | -1) => {
    const now = state.zoom === "fit" ? fittingZoom(picture) : state.zoom;
    const next =
      direction > 0
        ? zoomSteps.find((step) => step > now * 1.01)
        : zoomSteps.findLast((step) => step < now * 0.99);
    if (next !== undefined) update({ zoom: next });
  };
  return html`<section class="picture" aria-label="Picture">
    <div class="bar">
      <span class="name">${picture.name}</span>
      <span class="dim">${picture.width} × ${picture.height} px</span>
      <span class="gap"></span>
      ${
        picture.photo
          ? html`<button
              class="chip"
              aria-pressed=${state.asTaken}
              @click=${() => update({ asTaken: !state.asTaken })}
            >
              As photographed
            </button>`
          : ""
      }
      <div class="zoom" role="group" aria-label="Zoom">
        <vscode-button secondary aria-label="Zoom out" @click=${() => zoomBy(-1)}>−</vscode-button>
        <vscode-button secondary @click=${() => update({ zoom: "fit" })}>Fit</vscode-button>
        <vscode-button secondary @click=${() => update({ zoom: 1 })}>100%</vscode-button>
        <vscode-button secondary aria-label="Zoom in" @click=${() => zoomBy(1)}>+</vscode-button>
      </div>
    </div>
    <div
      class="stage"
      tabindex="0"
      role="group"
      aria-label="${picture.name}, scrollable"
      @pointerdown=${pan}
      @wheel=${(event: WheelEvent) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        zoomBy(event.deltaY < 0 ? 1 : -1);
      }}
    >
      ${
        picture.photo && state.asTaken
          ? html`<img class="taken" src=${picture.photo} alt="The photo ${picture.name} as it was taken" draggable="false" />`
          : ""
      }
      <div
        class="canvas"
        ?hidden=${picture.photo !== undefined && state.asTaken}
        ${styled({
          width: state.zoom === "fit" ? "100%" : `${picture.width * state.zoom}px`,
          "max-width": state.zoom === "fit" ? `${picture.width}px` : "none",
          "aspect-ratio": `${picture.width} / ${picture.height}`,
        })}
      >
        ${picture.parts.map(
          ({ src, ...place }, index) =>
            html`<img
              src=${src}
              alt=${index === 0 ? `The picture ${picture.name}` : ""}
              draggable="false"
              ${styled(percentBox({ x: place.left, y: place.top, width: place.width, height: place.height }, picture))}
            />`,
        )}
        ${(state.feature?.places?.() ?? []).map(
          ({ name, box, isDoubtful }) =>
            html`<span
              class="box element ${state.hovered === name ? "hovered" : ""} ${isDoubtful ? "doubtful" : ""}"
              aria-hidden="true"
              @pointerenter=${() => update({ hovered: name })}
              @pointerleave=${() => update({ hovered: undefined })}
              ${styled(percentBox(box, picture))}
            ></span>`,
        )}
        ${markBoxes(state).map(
          (box) =>
            html`<span class="box mark" aria-hidden="true" ${styled(percentBox(box, picture))}></span>`,
        )}
        ${shownFindings(state).map(({ finding, index }) =>
          finding.box && (isOpen(finding) || state.chosen === index)
            ? html`<button
                class="box ${finding.impact} ${state.chosen === index ? "chosen" : ""}"
                aria-pressed=${state.chosen === index}
                aria-label="Finding ${index + 1}: ${finding.title}"
                @click=${() => choose(index, update)}
                ${styled(percentBox(finding.box, picture))}
              >
                <span class="number" aria-hidden="true">${index + 1}</span>
              </button>`
            : "",
        )}
      </div>
    </div>
  </section>`;
}

/** What counts or waits for a decision has its place on the picture; the rest has it while it is chosen. */
const isOpen = (finding: Finding): boolean => ["stands", "review"].includes(standingOf(finding));

/** The chosen mark's place, or those of the chosen finding's marks that its own box does not show. */
function markBoxes({ view, chosen, chosenMark }: State): Box[] {
  const report = reportOf(view);
  if (!report) return [];
  const finding = chosen === undefined || chosenMark !== undefined ? undefined : report.findings[chosen];
  const ids = chosenMark !== undefined ? [chosenMark] : (finding?.marks ?? []);
  const boxes = [...report.texts, ...report.controls]
    .filter(({ id }) => ids.includes(id))
    .map(({ box }) => box);
  return boxes.filter(({ x, y }) => x !== finding?.box?.x || y !== finding.box.y);
}

/** Chooses a finding and brings it into view in the list. */
function choose(index: number, update: Actions["update"]): void {
  update({ chosen: index });
  document.querySelector(`#finding-${index}`)?.scrollIntoView({ block: "nearest" });
}

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

function percentBox({ x, y, width, height }: Box, picture: PanelPicture): Record<string, string> {
  return {
    left: percent(x, picture.width),
    top: percent(y, picture.height),
    width: percent(width, picture.width),
    height: percent(height, picture.height),
  };
}

function fittingZoom(picture: PanelPicture): number {
  const canvas = document.querySelector(".canvas");
  return canvas ? canvas.clientWidth / picture.width : 1;
}

/** Drags the picture with the mouse, as maps do. */
export function pan(event: PointerEvent): void {
  const stage = event.currentTarget;
  if (!(stage instanceof HTMLElement) || event.pointerType !== "mouse" || event.button !== 0) return;
  if (event.target instanceof Element && event.target.closest("button")) return;
  const start = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
  const move = ({ clientX, clientY }: PointerEvent) => stage.scrollTo(start.x - clientX, start.y - clientY);
  stage.setPointerCapture(event.pointerId);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", move), {
    once: true,
  });
}
