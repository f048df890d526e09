import type { Graph } from "../../schema.js";
import { indent, type Names } from "../names.js";
import { isDot, stateRows } from "../states.js";
import { directions, looseNotes } from "./common.js";
import { line, quotedLine } from "./labels.js";

export function state(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, (about) => about !== "");
  const rows = stateRows(graph, name, losses, {
    state: ({ id, label, shape, details }) =>
      shape === "diamond" && label.trim() === ""
        ? [`state ${name(id)} <<choice>>`]
        : [
            `state ${quotedLine(label)} as ${name(id)}`,
            ...details.map((detail) => `${name(id)} : ${line(detail)}`),
          ],
    composite: ({ id, label }) => `state ${quotedLine(label)} as ${name(id)}`,
    transition: ({ label }, from, to) => `${from} --> ${to}${label.trim() === "" ? "" : ` : ${line(label)}`}`,
  });
  const dots = new Set(graph.nodes.filter(isDot).map(({ id }) => id));
  const notes = graph.notes.flatMap(({ text, about }) =>
    about === "" || dots.has(about) ? [] : [`note right of ${name(about)} : ${line(text)}`],
  );
  return ["stateDiagram-v2", ...indent([`direction ${directions[graph.direction]}`, ...rows, ...notes])];
}
