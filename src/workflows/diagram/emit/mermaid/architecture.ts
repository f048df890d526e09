import type { Graph } from "../../schema.js";
import { isC4 } from "../c4Elements.js";
import type { Names } from "../names.js";
import { c4 } from "./c4.js";
import { flowchart } from "./flowchart.js";

/** An architecture: boxes in frames; as C4 only where the picture itself is drawn so. */
export const architecture = (graph: Graph, name: Names, warnings: string[], isLatest: boolean): string[] =>
  isC4(graph) ? c4(graph, name, warnings) : flowchart(graph, name, warnings, isLatest);
