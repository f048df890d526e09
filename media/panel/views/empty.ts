import { html, type TemplateResult } from "lit";
import type { WorkflowId } from "../../../src/report.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";

const workflows: ReadonlyArray<[WorkflowId, string]> = [
  ["audit", "Audit Accessibility"],
  ["triage", "Triage Bug"],
  ["diagram", "Convert to Mermaid"],
];

/** Waits for a picture: pasted or dropped. Then one of the workflows is chosen. */
export function emptyView({ pasted }: State, actions: Actions): TemplateResult {
  if (!pasted) {
    return html`<div
      class="empty"
      tabindex="0"
      role="group"
      aria-label="Paste or drop a picture here"
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        take(event.dataTransfer?.files[0], actions);
      }}
    >
      <h1>Paste or drop a picture</h1>
      <p>Press <kbd>Ctrl</kbd>+<kbd>V</kbd> (<kbd>⌘</kbd>+<kbd>V</kbd>), or drop a file while holding <kbd>Shift</kbd>.</p>
      <p class="dim">Nothing is sent before you choose a workflow.</p>
    </div>`;
  }
  const start = (workflow: WorkflowId) => () =>
    actions.send({ type: "pasted", workflow, name: pasted.name, bytes: pasted.bytes });
  return html`<div class="empty">
    <h1>${pasted.name}</h1>
    <div class="actions">
      ${workflows.map(
        ([workflow, label], at) =>
          html`<vscode-button ?secondary=${at > 0} @click=${start(workflow)}>${label}</vscode-button>`,
      )}
      <vscode-button secondary @click=${() => actions.update({ pasted: undefined })}>Another Picture</vscode-button>
    </div>
    <img class="pasted" src=${pasted.preview} alt="The pasted picture" />
  </div>`;
}

async function take(file: File | null | undefined, { update }: Actions): Promise<void> {
  if (!file) return;
  const preview = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  const bytes = preview.slice(preview.indexOf(",") + 1);
  update({ pasted: { name: file.name || "pasted.png", bytes, preview } });
}

/** Pasting works wherever the focus is in the empty panel. */
export function takePastes(isEmpty: () => boolean, actions: Actions): void {
  window.addEventListener("paste", (event) => {
    if (!isEmpty()) return;
    const item = [...(event.clipboardData?.items ?? [])].find(({ kind }) => kind === "file");
    void take(item?.getAsFile(), actions);
  });
}
