import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Box } from "../../../src/report.js";
import type { Actions } from "../../panel/main.js";
import { pan, zoomSteps } from "../../panel/picture/zoom.js";
import type { State } from "../../panel/state.js";
import { styled } from "../../panel/styled.js";
import { chooseChange, type Looking, listed, modes, modeTitles, type Shown } from "./looking.js";
import { alignedCanvas, type Canvas, gapsOf, type Layer, onCanvas, plainCanvas } from "./pieces.js";

type Side = "before" | "after";
type Look = (change: Partial<Looking>) => void;

/** Both pictures, in the way that the person has chosen. */
export function stageView(shown: Shown, state: State, actions: Actions, look: Look): TemplateResult {
  const { comparison, looking } = shown;
  const { mode, amount, isBefore } = looking;
  // One on the other, what only moved would hide what changed.
  const canvas = mode === "side" ? plainCanvas(comparison) : alignedCanvas(comparison);
  const zoomBy = (direction: 1 | -1) => {
    const now = typeof state.zoom === "string" ? fittingZoom(canvas) : state.zoom;
    const next =
      direction > 0
        ? zoomSteps.find((step) => step > now * 1.01)
        : zoomSteps.findLast((step) => step < now * 0.99);
    if (next !== undefined) actions.update({ zoom: next });
  };
  const scrolled = (label: string, content: TemplateResult) =>
    html`<div
      class="stage"
      tabindex="0"
      role="group"
      aria-label="${label}, scrollable"
      @pointerdown=${pan}
      @scroll=${followScroll}
      @wheel=${(event: WheelEvent) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        zoomBy(event.deltaY < 0 ? 1 : -1);
      }}
    >
      <div
        class="canvas ${mode}"
        ${styled({
          width: typeof state.zoom === "string" ? "100%" : `${canvas.width * state.zoom}px`,
          "max-width": typeof state.zoom === "string" ? `${canvas.width}px` : "none",
          "aspect-ratio": `${canvas.width} / ${canvas.height}`,
        })}
      >
        ${content}
      </div>
    </div>`;
  const one = (side: Side, isMarked = true) =>
    html`${layerView(comparison[side], canvas[side], canvas, side)}
    ${mode === "side" || mode === "difference" ? "" : gapsView(canvas[side], canvas)}
    ${isMarked ? boxesView(shown, side, canvas, state, actions) : ""}`;
  return html`<section class="picture compared" aria-label="Pictures">
    <div class="bar">
      <div class="modes" role="group" aria-label="How to look at them">
        ${modes.map(
          (each, index) =>
            html`<button
              class="chip"
              aria-pressed=${mode === each}
              title="${modeTitles[each]} (${index + 1})"
              @click=${() => look({ mode: each })}
            >
              ${modeTitles[each]}
            </button>`,
        )}
      </div>
      <span class="gap"></span>
      <div class="zoom" role="group" aria-label="Zoom">
        <vscode-button secondary aria-label="Zoom out" @click=${() => zoomBy(-1)}>−</vscode-button>
        <vscode-button secondary @click=${() => actions.update({ zoom: "fit" })}>Fit</vscode-button>
        <vscode-button secondary @click=${() => actions.update({ zoom: 1 })}>100%</vscode-button>
        <vscode-button secondary aria-label="Zoom in" @click=${() => zoomBy(1)}>+</vscode-button>
      </div>
    </div>
    ${controlsView(shown, look)}
    ${
      mode === "side" || mode === "aligned"
        ? html`<div class="both">
          <div class="side"><h2>Before</h2>${scrolled("Before", one("before"))}</div>
          <div class="side"><h2>After</h2>${scrolled("After", one("after"))}</div>
        </div>`
        : mode === "blink"
          ? scrolled(isBefore ? "Before" : "After", one(isBefore ? "before" : "after"))
          : scrolled(
              "Before and after",
              html`${one("before", false)}
                <div
                  class="over ${mode}"
                  ${styled({
                    opacity: mode === "blend" ? String(amount / 100) : "1",
                    "clip-path": mode === "swipe" ? `inset(0 0 0 ${100 - amount}%)` : "none",
                  })}
                >
                  ${one("after", false)}
                </div>
                ${mode === "swipe" ? html`<span class="edge" ${styled({ left: `${100 - amount}%` })}></span>` : ""}
                ${boxesView(shown, "after", canvas, state, actions)}`,
            )
    }
  </section>`;
}

/** The slider of swiping and blending; which picture blinking shows. */
function controlsView({ looking: { mode, amount, isBefore } }: Shown, look: Look): TemplateResult {
  if (mode === "blink")
    return html`<div class="controls">
      <vscode-button secondary title="The other one (B)" @click=${() => look({ isBefore: !isBefore })}
        >Show ${isBefore ? "After" : "Before"}</vscode-button
      >
      <span role="status">${isBefore ? "Before" : "After"}</span>
    </div>`;
  if (mode !== "swipe" && mode !== "blend") return html``;
  return html`<div class="controls">
    <span aria-hidden="true">Before</span>
    <input
      type="range"
      min="0"
      max="100"
      aria-label="How much of the picture after is shown"
      .value=${String(amount)}
      @input=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) look({ amount: Number(event.target.value) });
      }}
    />
    <span aria-hidden="true">After</span>
  </div>`;
}

/** A picture, cut into rows where these stand elsewhere. */
function layerView(picture: PanelPicture, layer: Layer, canvas: Canvas, side: Side): TemplateResult {
  const [width, height] = [picture.width * layer.scale, picture.height * layer.scale];
  return html`${layer.pieces.map(
    ({ from, top, height: shownHeight }, number) =>
      html`<div
        class="piece"
        ${styled({
          left: "0",
          top: percent(top, canvas.height),
          width: percent(width, canvas.width),
          height: percent(shownHeight, canvas.height),
        })}
      >
        <div
          class="whole"
          ${styled({
            height: percent(height, shownHeight),
            top: percent(-from * layer.scale, shownHeight),
          })}
        >
          ${picture.parts.map(
            (part, index) =>
              html`<img
                src=${part.src}
                alt=${number === 0 && index === 0 ? `The picture ${side}: ${picture.name}` : ""}
                draggable="false"
                ${styled({
                  left: percent(part.left, picture.width),
                  top: percent(part.top, picture.height),
                  width: percent(part.width, picture.width),
                  height: percent(part.height, picture.height),
                })}
              />`,
          )}
        </div>
      </div>`,
  )}`;
}

/** Where the picture has nothing to face. */
const gapsView = (layer: Layer, canvas: Canvas): TemplateResult[] =>
  gapsOf(layer, canvas.height).map(
    ({ top, height }) =>
      html`<span
        class="hole"
        aria-hidden="true"
        ${styled({ top: percent(top, canvas.height), height: percent(height, canvas.height) })}
      ></span>`,
  );

/** The places of the listed changes in one picture. */
function boxesView(
  shown: Shown,
  side: Side,
  canvas: Canvas,
  { chosenChange: chosen }: State,
  actions: Actions,
): TemplateResult[] {
  return listed(shown).flatMap((index) => {
    const change = shown.comparison.changes[index];
    if (!change || (change.standing === "contradicted" && chosen !== index)) return [];
    return change[side].map(
      (box, number) =>
        html`<button
          class="box ${change.substance} ${chosen === index ? "chosen" : ""}"
          tabindex=${side === "after" || change.after.length === 0 ? "0" : "-1"}
          aria-pressed=${chosen === index}
          aria-label="Change ${index + 1} ${side}: ${change.title}"
          @click=${() => chooseChange(chosen === index ? undefined : index, actions)}
          ${styled(placed(onCanvas(box, canvas[side]), canvas))}
        >
          ${number === 0 ? html`<span class="number ${change.substance}" aria-hidden="true">${index + 1}</span>` : ""}
        </button>`,
    );
  });
}

const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`;

const placed = ({ x, y, width, height }: Box, canvas: Canvas): Record<string, string> => ({
  left: percent(x, canvas.width),
  top: percent(y, canvas.height),
  width: percent(width, canvas.width),
  height: percent(height, canvas.height),
});

/** Both pictures are scrolled together. */
function followScroll({ currentTarget }: Event): void {
  if (!(currentTarget instanceof HTMLElement)) return;
  for (const stage of document.querySelectorAll<HTMLElement>(".compared .stage")) {
    if (stage === currentTarget) continue;
    if (stage.scrollTop !== currentTarget.scrollTop) stage.scrollTop = currentTarget.scrollTop;
    if (stage.scrollLeft !== currentTarget.scrollLeft) stage.scrollLeft = currentTarget.scrollLeft;
  }
}

function fittingZoom({ width }: Canvas): number {
  const canvas = document.querySelector(".compared .canvas");
  return canvas ? canvas.clientWidth / width : 1;
}
