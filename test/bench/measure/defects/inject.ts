import { DisplayDefect } from "../../../../src/measure/measurement.js";

export const defectKinds = DisplayDefect.shape.kind.options;
export type DefectKind = DisplayDefect["kind"];

/**
 * Runs in the page: damages one element of each kind's candidates. What follows from a change, such as a card
 * that grows, moves others as it would in a real page.
 *
 * @param round which of the candidates, and by how much
 */
export function injectDefects(round: number): DisplayDefect[] {
  const taken = new Set<Element>();
  const damaged: Array<{ kind: DefectKind; element: Element }> = [];
  const pick = (kind: DefectKind, index: number): HTMLElement | undefined => {
    const all = [...document.querySelectorAll<HTMLElement>(`[data-can~=${kind}]`)];
    const free = all.filter(
      (element) => ![...taken].some((one) => one.contains(element) || element.contains(one)),
    );
    const element = free[index % free.length];
    if (!element) return undefined;
    taken.add(element);
    damaged.push({ kind, element });
    return element;
  };
  const shift = [1, 2, -1, -2][round % 4] ?? 1;

  const occluded = pick("occluded", round * 5 + 1);
  if (occluded) {
    const cover = document.createElement("div");
    const { x, y, width, height } = occluded.getBoundingClientRect();
    cover.style.cssText = `position:absolute;left:${x + scrollX + width * 0.45}px;top:${y + scrollY + height * 0.3}px;width:${width * 0.4 + 12}px;height:${height * 0.9}px;background:#7a3e9d`;
    document.body.append(cover);
  }
  const protruding = pick("protruding", round + 1);
  if (protruding) {
    protruding.style.whiteSpace = "nowrap";
    protruding.textContent = "Sorting of the glazes that are left over from last year";
  }
  const overlapping = pick("overlapping", round);
  if (overlapping)
    overlapping.style.marginBottom = `${-0.7 * Number.parseFloat(getComputedStyle(overlapping).fontSize)}px`;
  const clipped = pick("clipped", round * 3);
  const inner = clipped?.firstElementChild;
  if (clipped && inner instanceof HTMLElement) {
    const { width, height } = inner.getBoundingClientRect();
    inner.style.cssText =
      round % 2 === 0
        ? `display:inline-block;overflow:hidden;white-space:nowrap;vertical-align:top;width:${width * 0.62}px`
        : `display:inline-block;overflow:hidden;vertical-align:top;height:${height * 0.55}px`;
  }
  const misaligned = pick("misaligned", round * 2 + 1);
  if (misaligned) {
    misaligned.style.position = "relative";
    misaligned.style[misaligned.localName === "input" ? "left" : "top"] = `${shift}px`;
  }
  const unequal = pick("nearlyEqual", round * 3 + 2);
  if (unequal) unequal.style.width = `${unequal.getBoundingClientRect().width + shift}px`;

  return damaged.map(({ kind, element }) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { kind, box: { x: x + scrollX, y: y + scrollY, width, height } };
  });
}
