import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Actions } from "../main.js";
import type { State } from "../state.js";

/** Device pixels for each pixel of the picture; or as wide as the pane, or as large as the pane shows whole. */
export type Zoom = number | "fit" | "all";

export const zoomSteps = [0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 1, 1.5, 2, 3, 4, 6, 8];

const stageElement = (): HTMLElement | null => document.querySelector<HTMLElement>(".stage");
const canvasElement = (): HTMLElement | null => document.querySelector<HTMLElement>(".canvas");

/** The picture's width on the page. CSS pixels. */
export function shownWidth({ width, height }: PanelPicture, zoom: Zoom): number {
  if (typeof zoom === "number") return (width * zoom) / devicePixelRatio;
  const stage = stageElement();
  if (!stage) return width;
  const room = { width: stage.clientWidth - 2 * margin, height: stage.clientHeight - 2 * margin };
  const widest = Math.min(room.width, width);
  return Math.max(1, zoom === "fit" ? widest : Math.min(widest, (room.height * width) / height));
}

/** Around the picture, for the numbers beside it. CSS pixels. */
export const margin = 22;

/** The zoom as it is shown, in device pixels for each pixel of the picture. */
export const shownZoom = (picture: PanelPicture, zoom: Zoom): number =>
  typeof zoom === "number" ? zoom : (shownWidth(picture, zoom) * devicePixelRatio) / picture.width;

/** One step larger or smaller; the place under the pointer, else the middle, stays where it is. */
export function zoomBy(
  direction: 1 | -1,
  picture: PanelPicture,
  { zoom }: State,
  { update }: Pick<Actions, "update">,
  pointer?: { clientX: number; clientY: number },
): void {
  const now = shownZoom(picture, zoom);
  const next =
    direction > 0
      ? zoomSteps.find((step) => step > now * 1.01)
      : zoomSteps.findLast((step) => step < now * 0.99);
  if (next === undefined) return;
  const stage = stageElement()?.getBoundingClientRect();
  const at = pointer ?? {
    clientX: (stage?.left ?? 0) + (stage?.width ?? 0) / 2,
    clientY: (stage?.top ?? 0) + (stage?.height ?? 0) / 2,
  };
  const before = canvasElement()?.getBoundingClientRect();
  update({ zoom: next });
  const after = canvasElement()?.getBoundingClientRect();
  if (!before || !after || before.width === 0) return;
  const share = {
    x: (at.clientX - before.left) / before.width,
    y: (at.clientY - before.top) / before.height,
  };
  stageElement()?.scrollBy(
    after.left + share.x * after.width - at.clientX,
    after.top + share.y * after.height - at.clientY,
  );
}

/** Brings a place of the picture to the middle of what is seen of it. @param box in pixels of the original */
export function centre(
  box: { x: number; y: number; width: number; height: number },
  picture: PanelPicture,
): void {
  const [stage, canvas] = [stageElement(), canvasElement()];
  if (!stage || !canvas) return;
  const scale = canvas.clientWidth / picture.width;
  const left = canvas.offsetLeft + (box.x + box.width / 2) * scale - stage.clientWidth / 2;
  const top = canvas.offsetTop + (box.y + box.height / 2) * scale - stage.clientHeight / 2;
  const seen = { left: stage.scrollLeft, top: stage.scrollTop };
  const isSeen =
    Math.abs(left - seen.left) < stage.clientWidth / 2 - 40 &&
    Math.abs(top - seen.top) < stage.clientHeight / 2 - 40;
  if (!isSeen) stage.scrollTo({ left, top });
}

/** Drags the picture with the mouse, as maps do. */
export function pan(event: PointerEvent): void {
  const stage = event.currentTarget;
  if (!(stage instanceof HTMLElement) || event.pointerType !== "mouse" || event.button !== 0) return;
  if (event.target instanceof Element && event.target.closest("button")) return;
  const start = { x: event.clientX + stage.scrollLeft, y: event.clientY + stage.scrollTop };
  const move = ({ clientX, clientY }: PointerEvent) => stage.scrollTo(start.x - clientX, start.y - clientY);
  stage.setPointerCapture(event.pointerId);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", move), {
    once: true,
  });
}
