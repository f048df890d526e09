import { html, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { IssueEdits, IssueView } from "../../../src/protocol/issue.js";
import type { Actions } from "../../panel/main.js";
import { copyPng, pngOf, wholePicture } from "../../panel/picture/pixels.js";
import type { State } from "../../panel/state.js";

/** The filled issue, to be read over and changed: what is still needed first, then its text. */
export function issueView(
  issue: IssueView,
  edit: (edits: IssueEdits) => void,
  state: State,
  { act, send }: Actions,
): TemplateResult {
  const { templates, chosen, title, body, labels, severity, severities, questions, frames, edited } = issue;
  const textOf = (event: Event): string =>
    event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      ? event.target.value
      : "";
  const pick = (event: Event, use: (index: number) => void) => {
    if (event.target instanceof HTMLElement && "selectedIndex" in event.target)
      use(Number(event.target.selectedIndex));
  };
  const copyPicture = async () => {
    const { picture } = state;
    const png = picture && wholePicture(picture).then(({ canvas }) => pngOf(canvas));
    send({ type: "pictureCopied", ok: png !== undefined && (await copyPng(png)) });
  };
  return html`${
    questions.length > 0
      ? html`<section class="questions" aria-label="Still needed to reproduce">
            <h2>Still needed to reproduce (${questions.length})</h2>
            <ul>
              ${questions.map((question) => html`<li>${question}</li>`)}
            </ul>
          </section>`
      : ""
  }
    <div class="actions">
      ${
        templates.length > 1
          ? choiceView("Template", templates, chosen, (event) =>
              pick(event, (template) => act({ action: "chooseTemplate", template })),
            )
          : ""
      }
      ${choiceView("Severity", severities, severities.indexOf(severity), (event) =>
        pick(event, (index) => act({ action: "severity", severity: severities[index] ?? severity })),
      )}
      <button class="button secondary" @click=${copyPicture}>Copy Picture</button>
      ${edited ? html`<button class="button secondary" @click=${() => act({ action: "reset" })}>Reset Changes</button>` : ""}
    </div>
    <article class="issue" aria-label="Filled issue">
      <label>Title <input type="text" .value=${live(title)} @input=${(event: Event) => edit({ title: textOf(event) })} /></label>
      <label>
        Labels
        <input
          type="text"
          .value=${labels.join(", ")}
          @change=${(event: Event) => edit({ labels: labelsIn(textOf(event)) })}
        />
      </label>
      <label>
        Description
        <textarea .value=${live(body)} @input=${(event: Event) => edit({ body: textOf(event) })}></textarea>
      </label>
    </article>
    ${
      frames.length > 0
        ? html`<section class="frames" aria-label="Stack trace">
            <h2>Stack trace</h2>
            <ul>
              ${frames.map(
                (frame, index) =>
                  html`<li>
                    <button class="link" title="Open the file at this line" @click=${() => act({ action: "openFrame", frame: index })}>
                      ${frame}
                    </button>
                  </li>`,
              )}
            </ul>
          </section>`
        : ""
    }`;
}

const choiceView = (
  label: string,
  names: readonly string[],
  chosen: number,
  choose: (event: Event) => void,
): TemplateResult =>
  html`<label class="choice" id="${label}-label">${label}</label>
    <vscode-single-select aria-labelledby="${label}-label" label=${label} @change=${choose}>
      ${names.map(
        (name, index) =>
          html`<vscode-option value=${String(index)} ?selected=${index === chosen}>${name}</vscode-option>`,
      )}
    </vscode-single-select>`;

const labelsIn = (text: string): string[] =>
  text
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "");
