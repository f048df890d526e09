import { emptyGraph, newNode, newStep } from "../../newParts.js";
import type { Graph, Step } from "../../schema.js";
import { colourValue } from "../colours.js";
import type { Warning } from "../reading.js";
import { type Cell, wordsOf } from "./cells.js";

const messageHeads: Record<string, Step["head"]> = {
  block: "arrow",
  classic: "arrow",
  open: "open",
  cross: "cross",
  none: "none",
};

const fragments = ["loop", "alt", "opt", "par", "critical", "break"] as const;

/** Lifelines, and what stands between them from top to bottom. */
export function sequenceOf(cells: readonly Cell[], warnings: Warning[]): Graph {
  const graph = emptyGraph("sequence");
  graph.direction = "right";
  const lifelines = cells.filter(({ style }) => style.get("shape") === "umlLifeline");
  for (const cell of lifelines) {
    const value = colourValue(cell.style.get("fillColor") ?? "");
    if (value !== undefined) graph.remarks.push({ about: cell.id, feature: "colour", value });
    graph.nodes.push(
      newNode(cell.id, wordsOf(cell), {
        shape: cell.style.get("participant") === "umlActor" ? "actor" : "rectangle",
      }),
    );
  }
  const foot = Math.max(...lifelines.map(({ y, height }) => y + height));
  const nearest = (x: number): string => {
    const distance = (cell: Cell) => Math.abs(cell.x + cell.width / 2 - x);
    return lifelines.reduce((best, one) => (distance(one) < distance(best) ? one : best)).id;
  };
  const events: Array<{ y: number; step: Step }> = [];
  for (const cell of cells) {
    if (lifelines.includes(cell) || (!cell.isEdge && !cell.isVertex)) continue;
    const text = wordsOf(cell);
    if (cell.isVertex && cell.style.get("shape") === "umlFrame") {
      const name = fragments.find((one) => text.startsWith(one)) ?? "opt";
      const condition = text.startsWith(name) ? text.slice(name.length).trim() : text;
      events.push({ y: cell.y, step: newStep("open", { fragment: name, text: condition }) });
      events.push({ y: cell.y + cell.height, step: newStep("close") });
    } else if (cell.isVertex && cell.style.get("shape") === "note") {
      if (cell.y > foot) graph.notes.push({ text, about: "" });
      else {
        const [from, to] = [nearest(cell.x + 50), nearest(cell.x + cell.width - 50)];
        events.push({ y: cell.y + 14, step: newStep("note", { from, to: from === to ? "" : to, text }) });
      }
    } else if (cell.isEdge) {
      const [start] = cell.points.filter(({ as }) => as === "sourcePoint");
      const [end] = cell.points.filter(({ as }) => as === "targetPoint");
      const from = cell.source || (start ? nearest(start.x) : "");
      const to = cell.target || (end ? nearest(end.x) : "");
      const branch = /^(else|and|option)\b\s*/.exec(text);
      const isBranch = cell.style.get("endArrow") === "none" && cell.style.get("dashed") === "1" && branch;
      const y = start?.y ?? cell.points[0]?.y ?? 0;
      if (isBranch)
        events.push({ y, step: newStep("else", { text: text.slice(branch[0].length), fragment: "alt" }) });
      else if (from === "" || to === "")
        warnings.push({ message: `The line “${text}” ends at no lifeline.`, line: cell.line });
      else
        events.push({
          y,
          step: newStep("message", {
            from,
            to,
            text,
            line: cell.style.get("dashed") === "1" ? "dashed" : "solid",
            head: messageHeads[cell.style.get("endArrow") ?? "block"] ?? "arrow",
          }),
        });
    } else warnings.push({ message: `“${text}” is no part of a sequence and is left out.`, line: cell.line });
  }
  graph.steps = events.sort((a, b) => a.y - b.y).map(({ step }) => step);
  return graph;
}
