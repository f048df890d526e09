import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, render } from "lit";
import { type FromPanel, PanelState, ToPanel } from "../../src/protocol.js";
import { createStore } from "./state.js";
import { doneView } from "./views/done.js";
import { emptyView, takePastes } from "./views/empty.js";
import { failedView } from "./views/failed.js";
import { loadingView } from "./views/loading.js";
import { pictureView } from "./views/picture.js";
import { questionView } from "./views/question.js";

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): void };

const vscode = acquireVsCodeApi();
const app = document.querySelector<HTMLElement>("#app") ?? document.body;

const store = createStore(draw);
const actions = {
  send: (message: FromPanel) => vscode.postMessage(message),
  update: store.update,
};
export type Actions = typeof actions;

function draw(): void {
  const state = store.get();
  const { view } = state;
  const result = () => {
    switch (view?.state) {
      case undefined:
        return html``;
      case "empty":
        return emptyView(state, actions);
      case "loading":
        return loadingView(view, state, actions);
      case "failed":
        return failedView(view, state, actions);
      case "question":
        return questionView(view, actions);
      case "done":
        return doneView(view, state, actions);
    }
  };
  const alone = view?.state === "empty" || !state.picture;
  render(
    html`<div class=${alone ? "panes alone" : "panes"}>
      ${state.picture && view?.state !== "empty" ? pictureView(state.picture, state, actions) : ""}
      <section class="result" aria-label="Result">${result()}</section>
    </div>`,
    app,
  );
}

window.addEventListener("message", ({ data }) => {
  const message = ToPanel.safeParse(data);
  if (!message.success) return;
  if (message.data.type === "picture") store.update({ picture: message.data.picture });
  else store.update({ view: message.data.view });
});

new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
takePastes(() => store.get().view?.state === "empty", actions);

const { state } = app.dataset;
if (state !== undefined) vscode.setState(PanelState.parse(JSON.parse(decodeURIComponent(state))));
actions.send({ type: "ready" });
