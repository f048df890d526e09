import type { GraphView } from "../../../src/protocol/graph.js";
import type { State } from "../../panel/state.js";

/** Shows on the drawing what is hovered, what should be looked at, and the zoom that it shares with the photo. */
export function markDrawing({ elements }: GraphView, { hovered, zoom }: State): void {
  const svg = document.querySelector<SVGSVGElement>(".drawing > svg");
  if (!svg) return;
  const doubts = new Map(elements.map(({ name, doubt }) => [name, doubt]));
  for (const shape of svg.querySelectorAll("[data-element]")) {
    const name = shape.getAttribute("data-element") ?? "";
    shape.classList.toggle("hovered", name === hovered);
    shape.classList.toggle("doubtful", doubts.get(name) !== undefined);
  }
  const isFitted = typeof zoom === "string";
  svg.style.maxWidth = isFitted ? "100%" : "none";
  svg.style.width = isFitted ? "" : `${svg.viewBox.baseVal.width * zoom}px`;
}
