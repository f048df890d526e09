import { parentPort } from "node:worker_threads";
import { Window } from "happy-dom";
import { z } from "zod";
import { ParsedFlowchart } from "./editedGraph.js";
import type { Asked } from "./mermaidParser.js";
import { entries, Model, part } from "./read/mermaid/common.js";
import { readMermaid } from "./read/mermaid/mermaid.js";

/** The worker in which Mermaid parses: its DOM is global here, and nowhere else. */
const window = new Window();
Object.assign(globalThis, { window, document: window.document });

const mermaid = import("mermaid").then(({ default: loaded }) => {
  loaded.initialize({ startOnLoad: false, securityLevel: "strict", htmlLabels: false });
  return loaded;
});

parentPort?.on("message", async ({ task, text }: Asked) => {
  try {
    const loaded = await mermaid;
    if (task === "read") {
      const reading = await readMermaid(text, async (valid) => loaded.mermaidAPI.getDiagramFromText(valid));
      parentPort?.postMessage({ valid: true, reading });
      return;
    }
    const { type, db } = await loaded.mermaidAPI.getDiagramFromText(text);
    const live = liveIn(db);
    if (live !== undefined) throw new Error(`It has ${live}: what loads or links is not allowed here.`);
    const flowchart = /^flowchart/.test(type) ? readFlowchart(db) : undefined;
    parentPort?.postMessage({ valid: true, ...(flowchart ? { flowchart } : {}) });
  } catch (error) {
    parentPort?.postMessage({
      valid: false,
      message: error instanceof Error ? error.message : String(error),
    });
  }
});

/** What is asked of a flowchart's model. */
const Vertex = z.object({ id: z.string(), text: z.string().optional(), type: z.string().optional() });
const Line = z.object({
  start: z.string(),
  end: z.string(),
  text: z.string(),
  stroke: z.string(),
  type: z.string().default(""),
});

/**
 * Where each kind of diagram keeps what it has read. A schedule is worked out when it is asked for, which some never
 * end: then this thread is ended.
 */
const holders = [
  "getVertices",
  "getActors",
  "getClasses",
  "getEntities",
  "getStates",
  "getTasks",
  "getLinks",
];
const c4Holders = ["getC4ShapeArray", "getBoundaries", "getRels"];
const otherHolders = ["getMindmap", "getSections", "getServices", "getNodes"];

/** What a node, a participant or a task can have that loads, links or runs something. */
const liveKeys = [
  "link",
  "links",
  "href",
  "url",
  "properties",
  "img",
  "icon",
  "sprite",
  "callback",
  "haveCallback",
];

/** The first thing in what the parser has read that loads, links or runs something; undefined where there is none. */
function liveIn(db: object): string | undefined {
  for (const name of [...holders, ...c4Holders, ...otherHolders]) {
    const get: unknown = Reflect.get(db, name);
    if (typeof get !== "function") continue;
    const live = liveAt(Reflect.apply(get, db, []), 0);
    if (live !== undefined) return live;
  }
  return undefined;
}

/** Deeper than this lies nothing of a diagram's own. */
const mostDepth = 6;

function liveAt(value: unknown, depth: number): string | undefined {
  if (typeof value !== "object" || value === null || depth > mostDepth) return undefined;
  // The keys of a map are names of the author's own.
  const entries: Array<[string, unknown]> =
    value instanceof Map ? [...value.values()].map((item) => ["", item]) : Object.entries(value);
  for (const [key, item] of entries) {
    const found = liveKeys.includes(key) && isSomething(item) ? key : liveAt(item, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isSomething = (item: unknown): boolean => {
  if (typeof item === "object" && item !== null)
    return item instanceof Map ? item.size > 0 : Object.keys(item).length > 0;
  return item !== undefined && item !== null && item !== "" && item !== false;
};

/** What the parser holds of a flowchart, with labels as a person reads them. */
function readFlowchart(model: object): ParsedFlowchart {
  const db = Model.parse(model);
  return ParsedFlowchart.parse({
    nodes: part({ db }, "getVertices", entries(Vertex)).map(([, { id, text: label, type }]) => ({
      name: id,
      label: decoded(label ?? id),
      ...(type === undefined ? {} : { shape: type }),
    })),
    edges: part({ db }, "getEdges", z.array(Line)).map(({ start, end, text: label, stroke, type }) => ({
      from: start,
      to: end,
      label: decoded(label),
      stroke,
      heads: type.startsWith("double") ? "both" : type === "arrow_open" ? "none" : "end",
    })),
  });
}

/** Mermaid keeps entities in a form of its own until it draws. */
const decoded = (text: string): string =>
  text
    .replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/ﬂ°(\w+)¶ß/g, "&$1;")
    .replace(/<br\s*\/?>/g, "\n");
