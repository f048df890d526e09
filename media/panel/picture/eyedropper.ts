import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { styled } from "../styled.js";
import { contrastRatio, hexOf, type Rgb, ratioWords } from "./contrast.js";
import { colourAt } from "./pixels.js";

/** The colour under the pointer, and those that were clicked: of two, their contrast is said. */
export interface Eyedropper {
  under: Rgb | undefined;
  clicked: readonly Rgb[];
}

export const noColours: Eyedropper = { under: undefined, clicked: [] };

const placeOf = (event: PointerEvent | MouseEvent, picture: PanelPicture) => {
  const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
  if (!canvas) return { x: -1, y: -1 };
  const scale = picture.width / canvas.width;
  return { x: (event.clientX - canvas.left) * scale, y: (event.clientY - canvas.top) * scale };
};

/** Says the colour under the pointer. */
export async function look(event: PointerEvent, picture: PanelPicture, actions: Actions): Promise<void> {
  const under = await colourAt(picture, placeOf(event, picture));
  const { eyedropper } = actions.state();
  if (eyedropper) actions.update({ eyedropper: { ...eyedropper, under } });
}

/** Takes the colour that was clicked; the third begins anew. */
export async function take(event: MouseEvent, picture: PanelPicture, actions: Actions): Promise<void> {
  const colour = await colourAt(picture, placeOf(event, picture));
  const { eyedropper } = actions.state();
  if (!eyedropper || !colour) return;
  const clicked = eyedropper.clicked.length >= 2 ? [colour] : [...eyedropper.clicked, colour];
  actions.update({ eyedropper: { ...eyedropper, clicked } });
  const [one, other] = clicked;
  if (one && other) actions.announce(`Contrast ${ratioWords(contrastRatio(one, other))}`);
}

/** What WCAG asks for, and of what. */
const thresholds: ReadonlyArray<readonly [number, string]> = [
  [3, "large text, controls"],
  [4.5, "text (AA)"],
  [7, "text (AAA)"],
];

/** The colours, and for two of them the verdict. */
export function eyedropperView({ eyedropper }: State, actions: Actions): TemplateResult {
  if (!eyedropper) return html``;
  const { under, clicked } = eyedropper;
  const [one, other] = clicked;
  const second = other ?? (one ? under : undefined);
  const ratio = one && second ? contrastRatio(one, second) : undefined;
  return html`<div class="eyedropper" role="status">
    ${one ? colourView(one) : under ? colourView(under) : html`<span>Click two places to compare their colours.</span>`}
    ${one && second ? html`<span aria-hidden="true">/</span> ${colourView(second)}` : ""}
    ${
      ratio === undefined
        ? ""
        : html`<b>${ratioWords(ratio)}</b>
            ${thresholds.map(
              ([needed, what]) =>
                html`<span class=${ratio >= needed ? "passes" : "fails"}
                  >${ratio >= needed ? "✓" : "✗"} ${needed}:1 <span class="dim">${what}</span></span
                >`,
            )}`
    }
    <span class="gap"></span>
    <button class="tool" aria-label="Close the colour picker" @click=${() => actions.update({ eyedropper: undefined })}>
      ×
    </button>
  </div>`;
}

const colourView = (colour: Rgb): TemplateResult =>
  html`<span class="patch" ${styled({ "background-color": hexOf(colour) })}></span><code>${hexOf(colour)}</code>`;
