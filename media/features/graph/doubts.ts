import { html, type TemplateResult } from "lit";
import type { GraphElement, GraphView } from "../../../src/protocol/graph.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";

/** What the model was unsure of or could not read, with other readings to choose from. */
export function doubtsView(graph: GraphView, state: State, actions: Actions): TemplateResult {
  const denied = graph.elements.filter(({ doubt }) => doubt === "contradicted");
  const others = graph.elements.filter(({ doubt }) => doubt !== undefined && doubt !== "contradicted");
  const doubtful = [...denied, ...others];
  const places = graph.unreadable.length + graph.missing.length;
  return html`${
    doubtful.length + places === 0
      ? ""
      : html`<section class="doubts" aria-label="To check">
          <h2>To check (${doubtful.length + places})</h2>
          <vscode-button
            secondary
            ?disabled=${graph.refining}
            @click=${() => actions.act({ action: "lookAgain" })}
            >Ask Again About These Places</vscode-button
          >
          <ul>
            ${doubtful.map((element) => doubtView(element, state, actions))}
            ${graph.missing.map(
              ({ words, box }, index) =>
                html`<li>
                  <button class="mark" aria-pressed=${state.hovered === `m${index + 1}`}
                    @click=${() => actions.update({ hovered: `m${index + 1}` })} ?disabled=${!box}>
                    Perhaps missing: ${words}
                  </button>
                </li>`,
            )}
            ${graph.unreadable.map(
              ({ where, box }, index) =>
                html`<li>
                  <button class="mark" aria-pressed=${state.hovered === `u${index + 1}`}
                    @click=${() => actions.update({ hovered: `u${index + 1}` })} ?disabled=${!box}>
                    Could not be read: ${where}
                  </button>
                </li>`,
            )}
          </ul>
        </section>`
  }
    <details>
      <summary>Nodes and lines (${graph.elements.length})</summary>
      <ul class="elements">
        ${graph.elements.map(
          (element) =>
            html`<li>
              <button
                class="mark"
                aria-pressed=${state.hovered === element.name}
                @click=${() => actions.update({ hovered: element.name })}
              >
                ${titleOf(element)}
              </button>
            </li>`,
        )}
      </ul>
    </details>`;
}

const titleOf = ({ label, ends }: GraphElement): string => {
  const words = label.trim() === "" ? "" : `“${label}”`;
  return ends ? `${ends.words} ${words}` : words || "(no label)";
};

function doubtView(element: GraphElement, state: State, { act, update }: Actions): TemplateResult {
  const { name, label, ends, alternatives, doubt, measured } = element;
  const read = (reading: string) => () => act({ action: "relabel", element: name, label: reading });
  const show = () => update({ hovered: name });
  return html`<li
    class=${state.hovered === name ? "hovered" : ""}
    @pointerenter=${show}
    @pointerleave=${() => update({ hovered: undefined })}
    @focusin=${show}
  >
    <p>
      ${ends ? html`Line ${ends.words}:` : ""} ${doubt === "unreadable" ? "Could not be read." : (measured ?? "Unsure.")}
    </p>
    <div class="readings">
      ${
        doubt === "unreadable"
          ? ""
          : html`<vscode-button @click=${read(label)}>${label === "" ? "It" : `“${label}”`} is right</vscode-button>`
      }
      ${alternatives.map(
        (reading) => html`<vscode-button secondary @click=${read(reading)}>“${reading}”</vscode-button>`,
      )}
      <input
        type="text"
        aria-label="What it says"
        .value=${label}
        maxlength="4000"
        @change=${(event: Event) => {
          if (event.target instanceof HTMLInputElement && event.target.value !== label)
            read(event.target.value)();
        }}
      />
    </div>
  </li>`;
}
