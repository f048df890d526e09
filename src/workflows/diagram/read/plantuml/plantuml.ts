import { emptyGraph, newEdge, newNode } from "../../newParts.js";
import type { Graph, Kind } from "../../schema.js";
import { checked, type Reading, type Warning } from "../reading.js";
import { boxes, colourIn } from "./boxes.js";
import { arrowOf, connectionIn, type Line, linesOf, worded } from "./lines.js";
import { sequence } from "./sequence.js";
import { state } from "./state.js";

/**
 * A text in PlantUML as a graph: its first diagram. What is not understood is said at its line.
 *
 * @throws Error when its kind of diagram is none that a graph holds
 */
export function readPlantUml(text: string): Reading {
  const warnings: Warning[] = [];
  const { kind: started, lines } = linesOf(text, warnings);
  if (started === "mindmap") return checked({ graph: mindmap(lines, warnings), warnings });
  if (started !== "uml") throw new Error(`PlantUML's “${started}” diagrams cannot be converted.`);
  const kind = kindOf(lines);
  const graph =
    kind === "sequence"
      ? sequence(lines, warnings)
      : kind === "state"
        ? state(lines, warnings)
        : boxes(lines, kind, warnings);
  return checked({ graph, warnings });
}

/** What the lines themselves tell of the kind: PlantUML has one word for all. */
function kindOf(lines: readonly Line[]): Kind {
  // A title can hold any words.
  const telling = lines.filter(({ text }) => !/^title\b/i.test(text));
  const has = (pattern: RegExp) => telling.some(({ text }) => pattern.test(text));
  if (has(/^(start|stop|:[^:]*;|if\s*\(.*\)\s*then)/) && !has(/^\w+\s*:/))
    throw new Error("Activity diagrams of PlantUML cannot be converted.");
  if (has(/^state\s/) || telling.some(({ text }) => isAtStart(text))) return "state";
  if (has(/^entity\s.*\{$/) || telling.some(({ text }) => hasFeet(text))) return "er";
  if (
    has(/^(abstract|class|interface|enum|annotation|struct)\b.*[\w"}{>]$/) &&
    !has(/^(participant|component|node|usecase|rectangle)\s/)
  )
    return "class";
  const isDeclared = has(/^(participant|box|autonumber|activate|alt|loop|opt|par)\b/);
  const isDrawn = has(
    /^(rectangle|card|usecase|node|queue|database|file|component|package|cloud|artifact|storage|folder|frame|agent|hexagon|\[|\()/,
  );
  const isSent = has(/^[\w"]+[^:]*\s-{1,2}>{1,2}\s*[\w"]/);
  if (isDeclared || (isSent && !isDrawn)) return "sequence";
  return "flowchart";
}

/** Whether a line begins or ends at a state machine's dot. */
function isAtStart(text: string): boolean {
  const { from, to } = connectionIn(text) ?? {};
  return from === "[*]" || to === "[*]";
}

/** Whether a line ends in crow's feet. */
function hasFeet(text: string): boolean {
  const arrow = arrowOf(connectionIn(text)?.arrow ?? "");
  return arrow !== undefined && (arrow.startCount !== "none" || arrow.endCount !== "none");
}

/** One idea and its branches, a star or a plus more for each step outwards. */
function mindmap(lines: readonly Line[], warnings: Warning[]): Graph {
  const graph = emptyGraph("mindmap");
  const above: string[] = [];
  for (const { text, number } of lines) {
    const found = /^([*+#-]+)(?:\[#(\w+)\])?_?\s+(.*)$/.exec(text);
    if (/^title\b/i.test(text)) graph.title = worded(text.slice(5));
    else if (!found || connectionIn(text))
      warnings.push({ message: `This is not read: ${text.slice(0, 80)}`, line: number });
    else {
      const depth = found[1]?.length ?? 1;
      const id = `n${graph.nodes.length + 1}`;
      graph.nodes.push(newNode(id, worded(found[3] ?? "")));
      const value = colourIn(found[2]);
      if (value !== undefined) graph.remarks.push({ about: id, feature: "colour", value });
      const parent = above[depth - 2];
      if (parent !== undefined) graph.edges.push(newEdge(parent, id));
      above.length = depth - 1;
      above.push(id);
    }
  }
  return graph;
}
