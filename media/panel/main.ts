import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, render } from "lit";
import { type FromPanel, PanelState, ToPanel, type View } from "../../src/protocol/panel.js";
import { dressDrawing } from "./drawing.js";
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
const send = (message: FromPanel) => vscode.postMessage(message);
/** The text that the host is looking at. */
let sent: string | undefined;
const actions = {
  send,
  update: store.update,
  state: store.get,
  /** Sends a diagram's text as it is typed, the next when the last is answered. */
  type: (text: string) => {
    store.update({ draft: text });
    if (sent !== undefined) return;
    sent = text;
    send({ type: "diagram", act: { action: "edit", text } });
  },
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
  dressDrawing(state);
}

window.addEventListener("message", ({ data }) => {
  const message = ToPanel.safeParse(data);
  if (!message.success) return;
  if (message.data.type === "picture") store.update({ picture: message.data.picture });
  else showView(message.data.view);
});

function showView(view: View): void {
  const { draft, view: before } = store.get();
  const diagram = diagramOf(view);
  const answered = diagram?.text;
  // What was asked for is done: the field is free for the next sentence.
  const isRefined = diagramOf(before)?.refining && !diagram?.refining && diagram?.changes;
  store.update({ view, ...(isRefined ? { sentence: "" } : {}) });
  if (own && diagram)
    vscode.setState(diagram.edited ? { ...own, typed: { target: diagram.target, text: diagram.text } } : own);
  if (sent === undefined || answered !== sent) return;
  sent = undefined;
  if (draft === answered) store.update({ draft: undefined });
  else if (draft !== undefined) actions.type(draft);
}

const diagramOf = (view: View | undefined) => (view?.state === "done" ? view.diagram : undefined);

new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
takePastes(() => store.get().view?.state === "empty", actions);

/** Which run this is; absent in the empty panel. */
const { state } = app.dataset;
const own = state === undefined ? undefined : PanelState.parse(JSON.parse(decodeURIComponent(state)));
if (own) vscode.setState(own);
actions.send({ type: "ready" });
