import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import { isOpen, shownFindings } from "../../features/findings/shown.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { noCovers } from "./covers.js";
import { noColours } from "./eyedropper.js";
import { markedPicture } from "./marked.js";
import { base64Of, copyPng, pngOf, wholePicture } from "./pixels.js";
import { simulations, simulationWords } from "./simulation.js";
import { shownZoom, type Zoom, zoomBy } from "./zoom.js";

/** What can be done with the picture alone. */
export function toolsView(picture: PanelPicture, state: State, actions: Actions): TemplateResult {
  const { update } = actions;
  const zoomTo = (zoom: Zoom, label: string, title: string) =>
    html`<button
      class="tool"
      data-stop
      title=${title}
      aria-pressed=${state.zoom === zoom}
      @click=${() => update({ zoom })}
    >
      ${label}
    </button>`;
  return html`<div class="tools" role="toolbar" aria-label="Picture" data-roving="x">
    <button class="tool" data-stop aria-label="Zoom out" title="Zoom out" @click=${() => zoomBy(-1, picture, state, actions)}>−</button>
    <span class="percent" title="Screen pixels for each pixel of the picture">${Math.round(shownZoom(picture, state.zoom) * 100)} %</span>
    <button class="tool" data-stop aria-label="Zoom in" title="Zoom in" @click=${() => zoomBy(1, picture, state, actions)}>+</button>
    ${zoomTo("fit", "Fit Width", "As wide as the pane")} ${zoomTo("all", "Fit All", "The whole picture")}
    ${zoomTo(1, "100%", "One pixel of the picture on one of the screen")}
    ${zoomTo(2, "200%", "One pixel of the picture on two by two of the screen")}
    <span class="menu">
      <button
        class="tool"
        data-stop
        aria-expanded=${state.openMenu === "picture"}
        @click=${() => update({ openMenu: state.openMenu === "picture" ? undefined : "picture" })}
      >
        Tools…
      </button>
      ${state.openMenu === "picture" ? menuView(picture, state, actions) : ""}
    </span>
  </div>`;
}

function menuView(picture: PanelPicture, state: State, actions: Actions): TemplateResult {
  const { update, send } = actions;
  const close = () => update({ openMenu: undefined });
  const copy = async () => {
    close();
    const png = wholePicture(picture).then(({ canvas }) => pngOf(canvas));
    send({ type: "pictureCopied", ok: await copyPng(png) });
  };
  const save = async () => {
    close();
    const canvas = await markedPicture(picture, shownFindings(state).filter(isOpen));
    const name = `${picture.name.replace(/\.[^.]*$/, "")}-marked`;
    send({ type: "savePicture", name, bytes: await base64Of(await pngOf(canvas)) });
  };
  return html`<div class="popup" @keydown=${(event: KeyboardEvent) => event.key === "Escape" && close()}>
    <fieldset>
      <legend>Show as seen with</legend>
      ${simulations.map(
        (simulation) =>
          html`<label
            ><input
              type="radio"
              name="simulation"
              .checked=${state.simulation === simulation}
              @change=${() => update({ simulation })}
            />
            ${simulationWords[simulation]}</label
          >`,
      )}
    </fieldset>
    ${
      picture.photo
        ? html`<label
            ><input type="checkbox" .checked=${state.asTaken} @change=${() => update({ asTaken: !state.asTaken })} /> As photographed</label
          >`
        : ""
    }
    <button
      class="entry"
      @click=${() => update({ openMenu: undefined, covers: undefined, eyedropper: state.eyedropper ? undefined : noColours })}
    >
      Compare Colours
    </button>
    <button
      class="entry"
      @click=${() => update({ openMenu: undefined, eyedropper: undefined, covers: state.covers ?? noCovers })}
    >
      Cover Areas Before Sending
    </button>
    <button class="entry" @click=${copy}>Copy Picture</button>
    ${state.view?.state === "done" ? html`<button class="entry" @click=${save}>Save Marked Picture…</button>` : ""}
  </div>`;
}
