import type { Graph } from "../../schema.js";
import { checked, type Reading, type Warning } from "../reading.js";
import { classDiagram } from "./class.js";
import { decoded, Model, type Source } from "./common.js";
import { er } from "./er.js";
import { flowchart } from "./flowchart.js";
import { c4, gantt, git, mindmap, pie, quadrant, timeline } from "./others.js";
import { sequence } from "./sequence.js";
import { state } from "./state.js";

/** A reader for each of Mermaid's own names of a kind. */
const readers: Record<string, (source: Source) => Graph> = {
  "flowchart-v2": flowchart,
  flowchart,
  "flowchart-elk": flowchart,
  sequence,
  classDiagram,
  class: classDiagram,
  er,
  stateDiagram: state,
  state,
  mindmap,
  c4,
  gantt,
  pie,
  timeline,
  quadrantChart: quadrant,
  gitGraph: git,
};

/** What Mermaid's own parser is asked for: it runs in a worker. */
export interface MermaidModel {
  type: string;
  db: unknown;
}

/**
 * A Mermaid text as a graph.
 *
 * @param parse Mermaid's own parser
 * @throws Error when Mermaid does not understand the text, or the graph holds no such kind
 */
export async function readMermaid(
  text: string,
  parse: (text: string) => Promise<MermaidModel>,
): Promise<Reading> {
  // A break within a label is an entity here: the parser's DOM would lose the words before a tag.
  const { type, db } = await parse(text.replace(/<br\s*\/?>/gi, "#10;"));
  const read = readers[type];
  if (!read) throw new Error(`Mermaid's “${type}” diagrams cannot be converted.`);
  const source: Source = { db: Model.parse(db), text, warnings: left(text) };
  const graph = read(source);
  const title = titleOf(source);
  return checked({ graph: title === "" ? graph : { ...graph, title }, warnings: source.warnings });
}

function titleOf({ db }: Source): string {
  const get = db.getDiagramTitle;
  const title: unknown = typeof get === "function" ? get.call(db) : "";
  return typeof title === "string" ? decoded(title) : "";
}

/** What no graph holds, by the start of its statement. */
const statements: ReadonlyArray<[RegExp, string]> = [
  [/^(click|callback|links?|href)\b/, "Links and calls are left out."],
  [/^linkStyle\b/, "The style of single lines is left out."],
  [/^%%\s*\{/, "Directives are left out."],
  [/^(config|theme)\s*:/, "The configuration is left out."],
  [/^acc(Title|Descr)\b/, "The description for screen readers is left out."],
  [
    /^(dateFormat|axisFormat|tickInterval|excludes|includes|todayMarker|weekday)\b(?! YYYY-MM-DD$)/,
    "How the calendar is drawn is left out.",
  ],
  [/^::icon\(/, "Icons are left out."],
  [/^Update(ElementStyle|RelStyle|LayoutConfig)\b/, "Styles of single elements are left out."],
];

function left(text: string): Warning[] {
  return text.split("\n").flatMap((row, index): Warning[] => {
    const found = statements.find(([pattern]) => pattern.test(row.trim()));
    return found ? [{ message: found[1], line: index + 1 }] : [];
  });
}
