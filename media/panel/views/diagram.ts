import { html, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { until } from "lit/directives/until.js";
import { pan } from "./picture.js";

declare global {
  interface Window {
    /** Set by the diagram panel's own script: Mermaid is large, and the other panels do without it. */
    drawMermaid?: (text: string) => Promise<SVGElement>;
  }
}

/** The drawing and its text. */
export function diagramView(text: string): TemplateResult {
  // Drawn anew when the text changes, or the theme.
  const drawing = guard([text, document.body.className], () =>
    until(draw(text), html`<p class="dim" role="status">Drawing…</p>`),
  );
  return html`<div
      class="drawing"
      tabindex="0"
      role="group"
      aria-label="Diagram, scrollable"
      @pointerdown=${pan}
      @wheel=${zoom}
      @keydown=${zoomByKey}
    >
      ${drawing}
    </div>
    <details open>
      <summary>Mermaid</summary>
      <pre class="source" tabindex="0">${text}</pre>
    </details>`;
}

async function draw(text: string): Promise<TemplateResult> {
  try {
    const svg = await window.drawMermaid?.(text);
    return html`${svg}`;
  } catch (error) {
    return html`<p class="message">The diagram could not be drawn: ${error instanceof Error ? error.message : ""}</p>`;
  }
}

function zoom(event: WheelEvent): void {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  scale(event.currentTarget, event.deltaY < 0 ? 1.2 : 1 / 1.2);
}

function zoomByKey(event: KeyboardEvent): void {
  if (event.key === "+" || event.key === "=") scale(event.currentTarget, 1.2);
  else if (event.key === "-") scale(event.currentTarget, 1 / 1.2);
  else if (event.key === "0") scale(event.currentTarget, undefined);
}

/** Makes the drawing larger by a factor, or as wide as its frame. */
function scale(frame: EventTarget | null, factor: number | undefined): void {
  const svg = frame instanceof HTMLElement ? frame.querySelector("svg") : null;
  if (!svg) return;
  svg.style.maxWidth = "none";
  svg.style.width = factor === undefined ? "100%" : `${svg.clientWidth * factor}px`;
}
