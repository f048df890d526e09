import { html, type TemplateResult } from "lit";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Box } from "../../../src/report.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";
import { styled } from "../styled.js";
import { percentBox } from "./boxes.js";

/** Where a person covers the picture by hand, before it is sent. */
export interface Covers {
  /** Pixels of the original. */
  boxes: readonly Box[];
  /** What is being drawn. */
  drawn: Box | undefined;
}

export const noCovers: Covers = { boxes: [], drawn: undefined };

/** A smaller rectangle was a click. Pixels of the original. */
const smallest = 3;
/** How far the arrows move a cover, as a share of the picture's width. */
const step = 0.01;

const placeOf = ({ clientX, clientY }: PointerEvent, picture: PanelPicture) => {
  const canvas = document.querySelector(".canvas")?.getBoundingClientRect();
  if (!canvas || canvas.width === 0) return { x: 0, y: 0 };
  const scale = picture.width / canvas.width;
  return { x: (clientX - canvas.left) * scale, y: (clientY - canvas.top) * scale };
};

/** The part of a rectangle that lies in the picture, in whole pixels. */
export function inPicture({ x, y, width, height }: Box, picture: { width: number; height: number }): Box {
  const [left, top] = [Math.max(0, Math.floor(x)), Math.max(0, Math.floor(y))];
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(picture.width, Math.ceil(x + width)) - left),
    height: Math.max(0, Math.min(picture.height, Math.ceil(y + height)) - top),
  };
}

const isDrawn = ({ width, height }: Box): boolean => width >= smallest && height >= smallest;

/** Draws a rectangle with the pointer. */
export function drawCover(event: PointerEvent, picture: PanelPicture, actions: Actions): void {
  const stage = event.currentTarget;
  if (!(stage instanceof HTMLElement) || event.button !== 0) return;
  if (event.target instanceof Element && event.target.closest("button")) return;
  const from = placeOf(event, picture);
  const change = (covers: Partial<Covers>) => {
    const now = actions.state().covers;
    if (now) actions.update({ covers: { ...now, ...covers } });
  };
  const move = (moved: PointerEvent) => {
    const to = placeOf(moved, picture);
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    change({
      drawn: inPicture({ x, y, width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) }, picture),
    });
  };
  const end = () => {
    stage.removeEventListener("pointermove", move);
    const { boxes = [], drawn } = actions.state().covers ?? {};
    change({ boxes: drawn && isDrawn(drawn) ? [...boxes, drawn] : boxes, drawn: undefined });
  };
  event.preventDefault();
  stage.setPointerCapture(event.pointerId);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("lostpointercapture", end, { once: true });
}

/** The covers on the picture: with the keyboard they are moved, resized and removed. */
export function coverBoxes(picture: PanelPicture, { covers }: State, actions: Actions): TemplateResult {
  if (!covers) return html``;
  const { boxes, drawn } = covers;
  const put = (changed: readonly Box[]) => actions.update({ covers: { ...covers, boxes: changed } });
  return html`${boxes.map(
    (box, index) =>
      html`<button
        class="cover"
        aria-label="Cover ${index + 1}. Arrows move it, Shift with arrows resizes it, Delete removes it."
        title="Arrows move, Shift with arrows resizes, Delete removes"
        @keydown=${(event: KeyboardEvent) => {
          const changed = changedBy(event, box, picture);
          if (!changed) return;
          event.preventDefault();
          event.stopPropagation();
          put(boxes.flatMap((one, at) => (at === index ? changed : [one])));
        }}
        @dblclick=${() => put(boxes.filter((_, at) => at !== index))}
        ${styled(percentBox(box, picture))}
      ></button>`,
  )}
  ${drawn ? html`<span class="cover" ${styled(percentBox(drawn, picture))}></span>` : ""}`;
}

/** The cover as a key leaves it: none when it is removed, undefined when the key does nothing. */
function changedBy({ key, shiftKey }: KeyboardEvent, box: Box, picture: PanelPicture): Box[] | undefined {
  if (key === "Delete" || key === "Backspace") return [];
  const by = Math.max(1, Math.round(picture.width * step));
  const [x, y] =
    { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[key] ?? [];
  if (x === undefined || y === undefined) return undefined;
  const moved = shiftKey
    ? { ...box, width: Math.max(by, box.width + x), height: Math.max(by, box.height + y) }
    : { ...box, x: box.x + x, y: box.y + y };
  const inside = inPicture(moved, picture);
  return isDrawn(inside) ? [inside] : [box];
}

/** What covering is for, and what can be done with the covers. */
export function coversView(picture: PanelPicture, state: State, actions: Actions): TemplateResult {
  const { covers, view } = state;
  if (!covers) return html``;
  const { boxes } = covers;
  const isAsked = view?.state === "question" || (view?.state === "done" && view.over?.state === "question");
  const add = () => {
    const { width, height } = picture;
    const middle = { x: width * 0.4, y: height * 0.45, width: width * 0.2, height: height * 0.1 };
    actions.update({ covers: { ...covers, boxes: [...boxes, inPicture(middle, picture)] } });
    [...document.querySelectorAll<HTMLElement>("button.cover")].at(-1)?.focus();
  };
  const run = () => actions.send({ type: "cover", covers: [...boxes] });
  return html`<div class="picking-bar" role="group" aria-label="Covers">
    <span>
      ${
        boxes.length === 0
          ? "Draw rectangles over what must not be sent."
          : `${boxes.length === 1 ? "1 area" : `${boxes.length} areas`} covered.${isAsked ? " Now answer the question." : ""}`
      }
    </span>
    <span class="gap"></span>
    <button class="button secondary" @click=${add}>Add Cover</button>
    ${
      isAsked
        ? ""
        : html`<button class="button secondary" ?disabled=${boxes.length === 0} @click=${run}>Run with Covers</button>`
    }
    <button class="tool" aria-label="Remove all covers" @click=${() => actions.update({ covers: undefined })}>×</button>
  </div>`;
}
