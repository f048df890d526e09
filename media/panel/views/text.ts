import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { DiagramView } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";

/** The text in the chosen language, to be edited; what is wrong in it stands at its line. */
export function textView(diagram: DiagramView, state: State, actions: Actions): TemplateResult {
  const text = state.draft ?? diagram.text;
  const rows = text.split("\n").length;
  const { problem } = diagram;
  const choose = (event: Event) => {
    const { value } = event.target as HTMLSelectElement;
    actions.update({ draft: undefined });
    actions.send({ type: "diagram", act: { action: "target", target: value } });
  };
  return html`<section class="text" aria-label="Text">
    <div class="bar">
      <label for="target">Language</label>
      <vscode-single-select id="target" label="Language" .value=${live(diagram.target)} @change=${choose}>
        ${diagram.targets.map(
          ({ id, title }) =>
            html`<vscode-option value=${id} ?selected=${id === diagram.target}>${title}</vscode-option>`,
        )}
      </vscode-single-select>
      ${
        diagram.edited
          ? html`<vscode-button
              secondary
              @click=${() => {
                actions.update({ draft: undefined });
                actions.send({ type: "diagram", act: { action: "discard" } });
              }}
              >Discard Edits</vscode-button
            >`
          : ""
      }
      ${
        diagram.target === "mermaid"
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
        (_, at) => html`<span class=${problem?.line === at + 1 ? "wrong" : ""}>${at + 1}${"\n"}</span>`,
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
          if (event.target instanceof HTMLTextAreaElement) actions.type(event.target.value);
        }}
      ></textarea>
    </div>
    ${
      diagram.losses.length === 0
        ? ""
        : html`<details open>
            <summary>What this language cannot hold</summary>
            <ul>
              ${diagram.losses.map((loss) => html`<li>${loss}</li>`)}
            </ul>
          </details>`
    }
  </section>`;
}
