import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { styled } from "../styled.js";
import { findingBoxes, markBoxes, percentBox, secretBoxes } from "./boxes.js";
import { coverBoxes, coversView, drawCover } from "./covers.js";
import { eyedropperView, look, take } from "./eyedropper.js";
import { filterDefinitions } from "./simulation.js";
import { toolsView } from "./tools.js";
import { pan, shownWidth, zoomBy } from "./zoom.js";

/** The picture, with what was found in it at its place. Until it is there, its room is kept. */
export function pictureView(state: State, actions: Actions): TemplateResult {
  const { picture } = state;
  return html`<section class="picture" aria-label="Picture">
    <div class="bar">
      <span class="name" title=${picture?.name ?? ""}>${picture?.name ?? ""}</span>
      <span class="dim">${picture ? `${picture.width} × ${picture.height} px` : ""}</span>
      <span class="gap"></span>
      ${picture ? toolsView(picture, state, actions) : ""}
    </div>
    ${picture ? stageView(picture, state, actions) : html`<div class="stage"></div>`}
    ${eyedropperView(state, actions)} ${picture ? coversView(picture, state, actions) : ""} ${filterDefinitions()}
  </section>`;
}

function stageView(picture: PanelPicture, state: State, actions: Actions): TemplateResult {
  const isTaken = picture.photo !== undefined && state.asTaken;
  const { eyedropper, covers } = state;
  return html`<div
    class="stage ${(eyedropper ?? covers) ? "picking" : ""}"
    tabindex="0"
    role="group"
    aria-label="${picture.name}, scrollable"
    @pointerdown=${(event: PointerEvent) => {
      if (covers) drawCover(event, picture, actions);
      else if (!eyedropper) pan(event);
    }}
    @pointermove=${(event: PointerEvent) => eyedropper && void look(event, picture, actions)}
    @click=${(event: MouseEvent) => eyedropper && void take(event, picture, actions)}
    @wheel=${(event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(event.deltaY < 0 ? 1 : -1, picture, actions.state(), actions, event);
    }}
  >
    ${isTaken ? html`<img class="taken" src=${picture.photo ?? ""} alt="The photo ${picture.name} as it was taken" draggable="false" />` : ""}
    <div
      class="canvas see-${state.simulation}"
      data-roving="y"
      ?hidden=${isTaken}
      ${styled({
        width: `${shownWidth(picture, state.zoom)}px`,
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
            @pointerenter=${() => actions.update({ hovered: name })}
            @pointerleave=${() => actions.update({ hovered: undefined })}
            ${styled(percentBox(box, picture))}
          ></span>`,
      )}
      ${markBoxes(state).map(
        (box) => html`<span class="box mark" aria-hidden="true" ${styled(percentBox(box, picture))}></span>`,
      )}
      ${secretBoxes(state).map(
        (box) =>
          html`<span class="box secret" aria-hidden="true" ${styled(percentBox(box, picture))}></span>`,
      )}
      ${findingBoxes(picture, state, actions)} ${coverBoxes(picture, state, actions)}
    </div>
  </div>`;
}
