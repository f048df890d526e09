import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { until } from "lit/directives/until.js";
import type { DiagramView } from "../../../src/protocol.js";
import { dressDrawing } from "../drawing.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { changesView } from "./changes.js";
import { doubtsView } from "./doubts.js";
import { pan } from "./picture.js";
import { refineView } from "./refine.js";
import { textView } from "./text.js";

declare global {
  interface Window {
    /** Set by the diagram panel's own script: Mermaid is large, and the other panels do without it. */
    drawMermaid?: (text: string, names: ReadonlyMap<string, string>) => Promise<SVGElement>;
    /** The drawing as a file's bytes, in Base64, in light colours on white. */
    exportDrawing?: (text: string, format: "svg" | "png") => Promise<string>;
  }
}

/** The drawing, what should be looked at in it, and its text in the chosen language. */
export function diagramView(diagram: DiagramView, state: State, actions: Actions): TemplateResult {
  const { drawing } = diagram;
  // Drawn anew when the text changes, or the theme.
  const drawn = guard([drawing, document.body.className], () =>
    until(draw(diagram, actions), last ?? html`<p class="dim" role="status">Drawing…</p>`),
  );
  return html`${diagram.changes ? changesView(diagram.changes, actions) : ""}
    <div
      class="drawing ${state.zoom === "fit" ? "fit" : ""}"
      tabindex="0"
      role="group"
      aria-label="Diagram, scrollable"
      @pointerdown=${pan}
      @pointerover=${(event: PointerEvent) => actions.update({ hovered: elementAt(event.target) })}
      @pointerleave=${() => actions.update({ hovered: undefined })}
    >
      ${drawn}
    </div>
    ${refineView(diagram, state, actions)} ${doubtsView(diagram, state, actions)} ${textView(diagram, state, actions)}`;
}

const elementAt = (target: EventTarget | null): string | undefined => {
  const element = target instanceof Element ? target.closest("[data-element]") : null;
  return element?.getAttribute("data-element") ?? undefined;
};

/** The last drawing of a text that could be drawn. */
let last: SVGElement | undefined;

async function draw({ drawing, elements }: DiagramView, actions: Actions): Promise<TemplateResult> {
  const names = new Map(elements.map(({ name, written }) => [written ?? name, name]));
  try {
    last = await window.drawMermaid?.(drawing, names);
  } catch (error) {
    // What is wrong is said beside the text.
    if (!last)
      return html`<p class="message">The diagram could not be drawn: ${error instanceof Error ? error.message : ""}</p>`;
  }
  requestAnimationFrame(() => dressDrawing(actions.state()));
  return html`${last}`;
}
