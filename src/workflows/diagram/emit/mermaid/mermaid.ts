import type { Graph } from "../../schema.js";
import type { EmitOptions, Emitted } from "../emitted.js";
import { labelLines, withoutWraps } from "../labels.js";
import { namesById } from "../names.js";
import { architecture } from "./architecture.js";
import { classDiagram } from "./class.js";
import { type Emit, mermaidNames } from "./common.js";
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
 * Writes Mermaid. Ids are made of letters and digits alone, and signs that could be syntax are encoded where they
 * stand, so that no text of the picture can become syntax, a directive or a link.
 */
export function emitMermaid(
  answer: Graph,
  { mermaidVersion = "github", earlierNames, keepsBreaks }: EmitOptions = {},
): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  const names = mermaidNames(graph, earlierNames);
  const rows = emitters[graph.kind](graph, names, warnings, mermaidVersion === "latest");
  const head = inFrontMatter.has(graph.kind) ? frontMatter(graph.title, warnings) : [];
  return {
    text: `${[...head, ...rows.map(withoutStyle)].join("\n")}\n`,
    warnings,
    names: namesById(graph, names),
  };
}

const inFrontMatter = new Set<Graph["kind"]>([
  "flowchart",
  "sequence",
  "class",
  "er",
  "state",
  "architecture",
  "git",
]);

/** A title above the drawing. It is read as YAML first, in which a string in double quotes is one of JSON. */
function frontMatter(title: string, warnings: string[]): string[] {
  const words = labelLines(title).join(" ");
  if (words === "") return [];
  const isPlain =
    /^[A-Za-z][\w ,.()/–-]*$/.test(words) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(words);
  if (/<|%%/.test(words))
    warnings.push("A title in Mermaid holds no “<” and no “%%”: others are in their place.");
  const safe = words.replaceAll("<", "‹").replaceAll("%%", "% %");
  return ["---", `title: ${isPlain ? words : JSON.stringify(safe)}`, "---"];
}

/**
 * Mermaid takes the last semicolon from any row that looks like `style x fill:#fff;` to it, also when that is a label
 * and the semicolon ends an entity: there, no colon stands right before other signs.
 */
function withoutStyle(row: string): string {
  const last = /style|classDef/.test(row) ? row.lastIndexOf("#") : -1;
  if (last < 0 || !row.includes(";", last)) return row;
  return `${row.slice(0, last).replace(/:(?!\s)/g, "#58;")}${row.slice(last)}`;
}

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
