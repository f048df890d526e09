import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { GraphView } from "../../../src/protocol/graph.js";
import type { Actions } from "../../panel/main.js";
import type { Editing } from "./editing.js";

/** The text in the chosen language, to be edited; what is wrong in it stands at its line. */
export function textView(graph: GraphView, actions: Actions, editing: Editing): TemplateResult {
  const text = editing.draft ?? graph.text;
  const rows = text.split("\n").length;
  const { problem } = graph;
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    editing.discardDraft();
    actions.act({ action: "target", target: value });
  };
  return html`<section class="text" aria-label="Text">
    <div class="bar">
      <label for="target">Language</label>
      <vscode-single-select id="target" label="Language" .value=${live(graph.target)} @change=${choose}>
        ${graph.targets.map(
          ({ id, title }) =>
            html`<vscode-option value=${id} ?selected=${id === graph.target}>${title}</vscode-option>`,
        )}
      </vscode-single-select>
      ${
        graph.edited
          ? html`<vscode-button
              secondary
              @click=${() => {
                editing.discardDraft();
                actions.act({ action: "discard" });
              }}
              >Discard Edits</vscode-button
            >`
          : ""
      }
      ${
        graph.target === "mermaid"
          ? ""
          : html`<span class="dim">The drawing shows what was read; edits of this text are not drawn.</span>`
      }
    </div>
    ${
      problem
        ? html`<p class="message" role="alert" id="text-problem">
            ${problem.line === undefined ? "" : html`<strong>Line ${problem.line}:</strong> `}${problem.message}
          </p>`
        : ""
    }
    <div class="editor">
      <pre class="gutter" aria-hidden="true">${Array.from(
        { length: rows },
        (_, index) =>
          html`<span class=${problem?.line === index + 1 ? "wrong" : ""}>${index + 1}${"\n"}</span>`,
      )}</pre>
      <textarea
        class="source"
        spellcheck="false"
        aria-label="The diagram as text"
        aria-invalid=${problem !== undefined}
        aria-describedby=${problem ? "text-problem" : ""}
        wrap="off"
        rows=${Math.max(4, rows)}
        .value=${live(text)}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLTextAreaElement) editing.type(event.target.value);
        }}
      ></textarea>
    </div>
    ${
      graph.warnings.length === 0
        ? ""
        : html`<details open>
            <summary>What this language cannot hold</summary>
            <ul>
              ${graph.warnings.map((warning) => html`<li>${warning}</li>`)}
            </ul>
          </details>`
    }
  </section>`;
}
