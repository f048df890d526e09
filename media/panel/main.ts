import "../noEval.js";
import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, render, type TemplateResult } from "lit";
import type { Settled } from "../../src/protocol/channel.js";
import { type FromPanel, type PanelState, ToPanel, type View } from "../../src/protocol/panel.js";
import { features } from "../features/index.js";
import { app, connect, keepState } from "../page.js";
import { createStore } from "./state.js";
import { doneView } from "./views/done.js";
import { emptyView, takePastes } from "./views/empty.js";
import { failedView } from "./views/failed.js";
import { loadingView } from "./views/loading.js";
import { pictureView } from "./views/picture.js";
import { questionView } from "./views/question.js";

/** What is shown instead of a message that this page cannot read: never an endless “Reading the answer…”. */
const notUnderstood: View = {
  state: "failed",
  title: "This result cannot be shown",
  message: "The panel could not read what it was sent. The answer is kept: running again costs nothing.",
  next: [
    { step: "runAgain", label: "Run Again" },
    { step: "showLog", label: "Show Log" },
  ],
  findings: [],
};

const store = createStore(draw);
const channel = connect<ToPanel, FromPanel>(ToPanel, receive, () => store.update({ view: notUnderstood }));

function receive(message: ToPanel): void {
  switch (message.type) {
    case "start":
      return store.update({ workflows: message.workflows });
    case "picture":
      return store.update({ picture: message.picture });
    case "view":
      return show(message.view);
  }
}

const actions = {
  send: (message: FromPanel) => channel.send(message),
  /** Sends what the shown kind of result alone understands. */
  act: (action: object) => channel.send({ type: "act", action }),
  /** The same, and waits until it was dealt with. */
  ask: (action: object): Promise<Settled> => channel.request({ type: "act", action }),
  update: store.update,
  redraw: draw,
  state: store.get,
};
export type Actions = typeof actions;
const featureViews = features(actions);

function draw(): void {
  const state = store.get();
  const { view } = state;
  const isAlone = view?.state === "empty" || !state.picture;
  render(
    html`<div class=${isAlone ? "panes alone" : "panes"}>
      ${state.picture && view?.state !== "empty" ? (state.feature?.stage?.(state) ?? pictureView(state.picture, state, actions)) : ""}
      <section class="result" aria-label="Result">${resultView(view)}</section>
    </div>`,
    app,
  );
  state.feature?.drawn?.(state);
}

function resultView(view: View | undefined): TemplateResult {
  const state = store.get();
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
}

function show(view: View): void {
  const feature =
    view.state === "done" && view.feature.view !== undefined
      ? featureViews[view.feature.kind]?.(view.feature.view)
      : undefined;
  store.update({ view, feature });
  if (view.state === "done")
    keepState({ runKey: view.runKey, feature: feature?.kept?.() } satisfies PanelState);
}

new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
takePastes(() => store.get().view?.state === "empty", actions);

actions.send({ type: "ready" });
