import type { Graph } from "../../schema.js";
import type { Emitted } from "../emitted.js";
import { namesOf } from "../names.js";
import { architecture } from "./architecture.js";
import { classDiagram } from "./class.js";
import type { Emit } from "./common.js";
import { er } from "./er.js";
import { flowchart } from "./flowchart.js";
import { gantt } from "./gantt.js";
import { git } from "./git.js";
import { mindmap } from "./mindmap.js";
import { pie } from "./pie.js";
import { quadrant } from "./quadrant.js";
import { sequence } from "./sequence.js";
import { state } from "./state.js";
import { timeline } from "./timeline.js";

/**
 * Writes Mermaid. Ids are ours and labels are encoded, so that no text of the picture can become syntax, a
 * directive or a link.
 */
export function emitMermaid(graph: Graph): Emitted {
  const losses: string[] = [];
  const rows = emitters[graph.kind](graph, namesOf(graph), losses);
  return { text: `${rows.map(withoutStyle).join("\n")}\n`, losses };
}

/**
 * Mermaid takes the last semicolon from any line that looks like `style x fill:#fff;` to it, also when that is
 * a label and the semicolon ends an entity.
 */
const withoutStyle = (row: string): string =>
  row.replace(/(?:style|classDef)(?=.*:\S*#.*;)/g, (word) => `#${word.codePointAt(0)};${word.slice(1)}`);

const emitters: Record<Graph["kind"], Emit> = {
  flowchart,
  sequence,
  class: classDiagram,
  er,
  state,
  mindmap,
  architecture,
  gantt,
  pie,
  timeline,
  quadrant,
  git,
};
