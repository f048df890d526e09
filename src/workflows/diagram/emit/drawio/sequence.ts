import type { Graph, Step } from "../../schema.js";
import { numbersOf } from "../names.js";
import { coloursOf, warnOfRemarks } from "../remarks.js";
import { textSize } from "./layout.js";
import type { Cell } from "./xml.js";

/** Pixels of the page. */
const top = 60;
const rowHeight = 44;
const headHeight = 44;

/** What begins another branch of a fragment. */
const branches: Partial<Record<Step["fragment"], string>> = { par: "and", critical: "option" };

const messageHeads: Record<Step["head"], string> = {
  arrow: "endArrow=block;endFill=1;",
  open: "endArrow=open;endFill=0;",
  cross: "endArrow=cross;endFill=0;",
  none: "endArrow=none;",
};

/**
 * Lifelines beside one another, and what happens between them from top to bottom.
 *
 * @param warnings receives what the drawing cannot hold, one sentence each
 */
export function sequenceCells(graph: Graph, warnings: string[]): Cell[] {
  warnOfRemarks(graph, "A sequence in draw.io", ["colour"], warnings);
  const colours = coloursOf(graph, warnings);
  const fill = (id: string): string => {
    const colour = colours.get(id);
    return colour ? `fillColor=${colour.fill};strokeColor=${colour.stroke};` : "";
  };
  if (graph.edges.length > 0)
    warnings.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  if (graph.groups.length > 0) warnings.push("The frames around participants are left out.");
  const name = numbersOf(graph);
  const widest = Math.max(120, ...graph.steps.map(({ text }) => textSize(text).width));
  const distance = Math.min(widest + 40, 320);
  const centreOf = new Map(graph.nodes.map(({ id }, index) => [id, index * distance + 60]));
  const x = (id: string): number => centreOf.get(id) ?? 0;
  const bottom = top + headHeight + (graph.steps.length + 1) * rowHeight;
  const lifelines = graph.nodes.map(
    ({ id, label, shape }): Cell => ({
      id: name(id),
      label,
      style: `shape=umlLifeline;perimeter=lifelinePerimeter;whiteSpace=wrap;container=0;size=${headHeight};${shape === "actor" ? "participant=umlActor;" : ""}${fill(id)}`,
      parent: "1",
      place: { x: x(id) - 50, y: top, width: 100, height: bottom - top },
    }),
  );
  const right = Math.max(0, graph.nodes.length - 1) * distance + 140;
  const open: Cell[] = [];
  const cells = graph.steps.flatMap((step, index): Cell[] => {
    const id = `s${index + 1}`;
    const y = top + headHeight + (index + 1) * rowHeight;
    switch (step.kind) {
      case "message": {
        const [from, to] = [x(step.from), x(step.to)];
        const itself = step.from === step.to;
        const points = itself
          ? [
              { x: from, y },
              { x: from + 50, y },
              { x: from + 50, y: y + 20 },
              { x: to, y: y + 20 },
            ]
          : [
              { x: from, y },
              { x: to, y },
            ];
        return [
          {
            id,
            label: step.text,
            style: `${messageHeads[step.head]}${step.line === "dashed" ? "dashed=1;" : ""}verticalAlign=bottom;`,
            parent: "1",
            points,
          },
        ];
      }
      case "note":
        return [
          {
            id,
            label: step.text,
            style: "shape=note;size=12;whiteSpace=wrap;",
            parent: "1",
            place: {
              x: x(step.from) - 50,
              y: y - 14,
              width: Math.max(100, Math.abs(x(step.to || step.from) - x(step.from)) + 100),
              height: 32,
            },
          },
        ];
      case "open": {
        const cell: Cell = {
          id,
          label: `${step.fragment} ${step.text}`,
          style:
            "shape=umlFrame;width=120;height=24;align=left;verticalAlign=top;spacingLeft=6;pointerEvents=0;",
          parent: "1",
          place: { x: -20 + open.length * 8, y: y - 10, width: right - open.length * 16, height: rowHeight },
        };
        open.push(cell);
        return [cell];
      }
      case "else":
        return [
          {
            id,
            label: `${branches[step.fragment] ?? "else"} ${step.text}`,
            style: "endArrow=none;dashed=1;align=left;verticalAlign=bottom;",
            parent: "1",
            points: [
              { x: -20 + open.length * 8, y },
              { x: right - 20 - open.length * 8, y },
            ],
          },
        ];
      case "close": {
        const cell = open.pop();
        if (cell?.place) cell.place.height = y - cell.place.y;
        break;
      }
    }
    return [];
  });
  const notes = graph.notes.map(
    ({ text, about }, index): Cell => ({
      id: `note${index + 1}`,
      label: text,
      style: "shape=note;size=12;whiteSpace=wrap;",
      parent: "1",
      place: {
        ...textSize(text),
        x: graph.nodes.some(({ id }) => id === about) ? x(about) - 50 : index * 160,
        y: bottom + 20,
      },
    }),
  );
  return [...lifelines, ...cells, ...notes];
}
