import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { until } from "lit/directives/until.js";
import type { GraphView } from "../../../src/protocol/graph.js";
import type { Actions } from "../../panel/main.js";
import { pan } from "../../panel/picture/zoom.js";
import type { State } from "../../panel/state.js";
import { changesView } from "./changes.js";
import { doubtsView } from "./doubts.js";
import { markDrawing } from "./drawing.js";
import type { Editing } from "./editing.js";
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
export function graphView(
  graph: GraphView,
  state: State,
  actions: Actions,
  editing: Editing,
): TemplateResult {
  const { drawing } = graph;
  // Drawn anew when the text changes, or the theme.
  const drawn = guard([drawing, document.body.className], () =>
    until(draw(graph, actions), last ?? html`<p class="dim" role="status">Drawing…</p>`),
  );
  return html`${graph.changes ? changesView(graph.changes, actions) : ""}
    <div
      class="drawing ${typeof state.zoom === "string" ? "fit" : ""}"
      tabindex="0"
      role="group"
      aria-label="Diagram, scrollable"
      @pointerdown=${pan}
      @pointerover=${(event: PointerEvent) => actions.update({ hovered: elementAt(event.target) })}
      @pointerleave=${() => actions.update({ hovered: undefined })}
    >
      ${drawn}
    </div>
    ${refineView(graph, actions, editing)} ${doubtsView(graph, state, actions)} ${textView(graph, actions, editing)}`;
}

const elementAt = (target: EventTarget | null): string | undefined => {
  const element = target instanceof Element ? target.closest("[data-element]") : null;
  return element?.getAttribute("data-element") ?? undefined;
};

/** The last drawing of a text that could be drawn. */
let last: SVGElement | undefined;

/** Whatever its kind, more would stop the panel for longer than a person waits. */
const mostLines = 500;

async function draw(graph: GraphView, actions: Actions): Promise<TemplateResult> {
  if (graph.drawing.split("\n").length > mostLines)
    return html`<p class="message">
      The diagram has more than ${mostLines} lines, too many to be drawn here. Its text is whole.
    </p>`;
  const names = new Map(graph.elements.map(({ name, written }) => [written ?? name, name]));
  try {
    last = await window.drawMermaid?.(graph.drawing, names);
  } catch (error) {
    // What is wrong is said beside the text.
    if (!last)
      return html`<p class="message">The diagram could not be drawn: ${error instanceof Error ? error.message : ""}</p>`;
  }
  requestAnimationFrame(() => markDrawing(graph, actions.state()));
  return html`${last}`;
}
