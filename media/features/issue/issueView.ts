import { html, type TemplateResult } from "lit";
import type { IssueView } from "../../../src/protocol/issue.js";
import type { Actions } from "../../panel/main.js";
import type { State } from "../../panel/state.js";

/** The filled issue: which template, its text, and the host's page. */
export function issueView(
  { templates, chosen, title, body, host }: IssueView,
  state: State,
  { act }: Actions,
): TemplateResult {
  const choose = (event: Event) => {
    if (event.target instanceof HTMLElement && "selectedIndex" in event.target) {
      act({ action: "chooseTemplate", template: Number(event.target.selectedIndex) });
    }
  };
  return html`<div class="actions">
      ${
        templates.length > 1
          ? html`<label id="template-label">Template</label>
            <vscode-single-select aria-labelledby="template-label" label="Template" @change=${choose}>
              ${templates.map(
                (name, index) =>
                  html`<vscode-option value=${String(index)} ?selected=${index === chosen}>${name}</vscode-option>`,
              )}
            </vscode-single-select>`
          : ""
      }
      ${host ? html`<vscode-button secondary @click=${() => act({ action: "openIssuePage" })}>Open on ${host}</vscode-button>` : ""}
      <vscode-button secondary @click=${async () => act({ action: "pictureCopied", ok: await copyPicture(state) })}
        >Copy Picture</vscode-button
      >
    </div>
    <article class="issue" aria-label="Filled issue">
      <h2>${title}</h2>
      <pre tabindex="0">${body}</pre>
    </article>`;
}

/** Puts the picture, as it was sent, on the clipboard as PNG. */
async function copyPicture({ picture }: State): Promise<boolean> {
  if (!picture) return false;
  const images = [...document.querySelectorAll<HTMLImageElement>(".canvas img")];
  const [first] = picture.parts;
  const last = picture.parts[picture.parts.length - 1];
  if (!first || !last) return false;
  const scale = (images[0]?.naturalWidth ?? first.width) / first.width;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((last.left + last.width - first.left) * scale);
  canvas.height = Math.round((last.top + last.height - first.top) * scale);
  const context = canvas.getContext("2d");
  for (const [index, image] of images.entries()) {
    const { left, top } = picture.parts[index] ?? first;
    context?.drawImage(image, Math.round((left - first.left) * scale), Math.round((top - first.top) * scale));
  }
  try {
    const png = new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("No PNG"))), "image/png"),
    );
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
    return true;
  } catch {
    return false;
  }
}
