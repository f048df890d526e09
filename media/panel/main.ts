import "../noEval.js";
import "@vscode-elements/elements/dist/vscode-badge/index.js";
import "@vscode-elements/elements/dist/vscode-button/index.js";
import "@vscode-elements/elements/dist/vscode-option/index.js";
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import "@vscode-elements/elements/dist/vscode-single-select/index.js";
import { html, render } from "lit";
import type { Settled } from "../../src/protocol/channel.js";
import {
  type FromPanel,
  type OriginalPicture,
  type PanelState,
  ToPanel,
  type View,
} from "../../src/protocol/panel.js";
import { features } from "../features/index.js";
import { app, connect, keepState } from "../page.js";
import { rove, settleStops } from "../shared/roving.js";
import { announcementOf } from "./announce.js";
import { pictureView } from "./picture/picture.js";
import { createStore } from "./state.js";
import { emptyView, takePastes } from "./views/empty.js";
import { resultView } from "./views/result.js";

/** What is shown instead of a message that this page cannot read: never an endless “Reading the answer…”. */
const notUnderstood: View = {
  state: "failed",
  title: "This result cannot be shown",
  message: "The panel could not read what it was sent. The answer is kept: running again costs nothing.",
  cancelled: false,
  next: [
    { step: "runAgain", label: "Run Again" },
    { step: "showLog", label: "Show Log" },
  ],
  findings: [],
};

const store = createStore(draw);
const channel = connect<ToPanel, FromPanel>(ToPanel, receive, () => store.update({ view: notUnderstood }));

function receive(message: ToPanel): unknown {
  switch (message.type) {
    case "start":
      return store.update({ workflows: message.workflows });
    case "original":
      return showOriginal(message.original);
    case "picture":
      return store.update({ picture: message.picture });
    case "view":
      return show(message.view);
    case "command":
      return store.get().feature?.command?.(message.command);
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
  keep,
  state: store.get,
  /** Tells a screen reader. */
  announce: (announcement: string) => store.update({ announcement }),
};
export type Actions = typeof actions;
const featureViews = features(actions);

function draw(): void {
  const state = store.get();
  render(
    state.view?.state === "empty"
      ? html`<div class="panes alone"><section class="result" aria-label="Result">${emptyView(state, actions)}</section></div>`
      : html`<div class="panes">
          ${resultView(state, actions)} ${state.feature?.stage?.(state) ?? pictureView(state, actions)}
          <div class="announced" role="status">${state.announcement}</div>
        </div>`,
    app,
  );
  settleStops(app);
  state.feature?.drawn?.(state);
}

/** Shows the picture as it lies on the disk, unless it is prepared by then. */
async function showOriginal({ name, src }: OriginalPicture): Promise<void> {
  const image = new Image();
  image.src = src;
  const isDrawn = await image.decode().then(
    () => true,
    () => false,
  );
  if (!isDrawn || store.get().picture) return;
  const { naturalWidth: width, naturalHeight: height } = image;
  store.update({ picture: { name, width, height, parts: [{ src, left: 0, top: 0, width, height }] } });
}

function show(view: View): void {
  const before = store.get().view;
  const feature =
    view.state === "done" && view.feature.view !== undefined
      ? featureViews[view.feature.kind]?.(view.feature.view, view)
      : undefined;
  const announcement = announcementOf(before, view);
  store.update({ view, feature, ...(announcement === undefined ? {} : { announcement }) });
  keep();
}

/** Keeps over a reload which run is shown, once it has ended, and what its feature keeps. */
function keep(): void {
  const { view, feature } = store.get();
  if (view?.state === "done" && !view.over)
    keepState({ runKey: view.runKey, feature: feature?.kept?.() } satisfies PanelState);
}

new MutationObserver(draw).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("resize", draw);
rove(app);
takePastes(() => store.get().view?.state === "empty", actions);

draw();
actions.send({ type: "ready" });
