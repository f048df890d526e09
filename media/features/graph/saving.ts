import { html, type TemplateResult } from "lit";
import type { GraphView } from "../../../src/protocol/graph.js";
import type { Actions } from "../../panel/main.js";

const formats = ["svg", "png"] as const;

/** The buttons that save the drawing as a file. */
export function savingButtons({ drawing }: GraphView, actions: Actions): TemplateResult {
  return html`${formats.map(
    (format) =>
      html`<vscode-button secondary @click=${() => save(drawing, format, actions)}
        >Save ${format.toUpperCase()}</vscode-button
      >`,
  )}`;
}

/** The host writes the file; what keeps it from being made is said there, too. */
async function save(drawing: string, format: (typeof formats)[number], { act }: Actions): Promise<void> {
  try {
    const bytes = await window.exportDrawing?.(drawing, format);
    if (bytes !== undefined) act({ action: "saveDrawing", format, bytes });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    act({ action: "drawingFailed", reason: reason.slice(0, 500) });
  }
}
