import type { State } from "./state.js";

/** Shows on the drawing what is hovered, what should be looked at, and the zoom that it shares with the photo. */
export function dressDrawing({ view, hovered, zoom }: State): void {
  const diagram = view?.state === "done" ? view.diagram : undefined;
  const svg = document.querySelector<SVGSVGElement>(".drawing > svg");
  if (!diagram || !svg) return;
  const doubts = new Map(diagram.elements.map(({ name, doubt }) => [name, doubt]));
  for (const shape of svg.querySelectorAll("[data-element]")) {
    const name = shape.getAttribute("data-element") ?? "";
    shape.classList.toggle("hovered", name === hovered);
    shape.classList.toggle("doubtful", doubts.get(name) !== undefined);
  }
  svg.style.maxWidth = zoom === "fit" ? "100%" : "none";
  svg.style.width = zoom === "fit" ? "" : `${svg.viewBox.baseVal.width * zoom}px`;
}
