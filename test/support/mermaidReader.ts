import mermaid from "mermaid";
import { withoutEntities } from "../../media/features/graph/entities.js";

/** In a browser: reads Mermaid back, what its own model holds after parsing, and what its drawing shows. */
export interface ReadBack {
  type: string;
  config: object;
  nodes: string[];
  edges: string[];
  /** Anything that could load, open or run: there must be none. */
  live: string[];
}

interface LayoutData {
  nodes: Array<{ id: string; label: string; shape: string }>;
  edges: Array<{ id: string; label: string }>;
}

interface Db {
  [method: string]: () => unknown;
}

/** Mermaid keeps entities in a form of its own until it draws. */
const decode = (text: unknown): string =>
  String(text ?? "")
    // Labels with line breaks have been through an HTML serializer.
    .replaceAll("&amp;", "&")
    .replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/ﬂ°(\w+)¶ß/g, "&$1;")
    .replace(/<br\s*\/?>/g, "\n");

const layout = (db: Db) => db.getData?.() as LayoutData;

const values = (map: unknown): Array<Record<string, unknown>> =>
  map instanceof Map ? [...map.values()] : Object.values((map ?? {}) as object);

/** What stands in a state diagram and has no words of its own. */
const unlabelled = new Set([
  "choice",
  "stateStart",
  "stateEnd",
  "fork",
  "join",
  "note",
  "noteGroup",
  "divider",
]);

const readers: Record<string, (db: Db) => Pick<ReadBack, "nodes" | "edges" | "live">> = {
  "flowchart-v2": (db) => ({
    nodes: [
      ...values(db.getVertices?.()).map(({ text }) => decode(text)),
      ...values(db.getSubGraphs?.()).map(({ title }) => `group ${decode(title)}`),
    ],
    edges: values(db.getEdges?.()).map(({ text }) => decode(text)),
    live: values(db.getVertices?.()).flatMap(({ link, haveCallback, img, icon }) =>
      [link, haveCallback, img, icon].filter(Boolean).map(String),
    ),
  }),
  sequence: (db) => ({
    nodes: values(db.getActors?.()).map(({ description }) => decode(description)),
    edges: values(db.getMessages?.())
      .filter(({ from, to, type }) => from && to && type !== 2)
      .map(({ message }) => decode(message)),
    live: values(db.getActors?.()).flatMap(({ links }) => Object.keys((links ?? {}) as object)),
  }),
  classDiagram: (db) => ({
    nodes: values(db.getClasses?.()).map(({ label }) => decode(label)),
    edges: values(db.getRelations?.()).map(({ title }) => decode(title)),
    live: values(db.getClasses?.()).flatMap(({ link, haveCallback }) =>
      [link, haveCallback].filter(Boolean).map(String),
    ),
  }),
  er: (db) => ({
    nodes: values(db.getEntities?.()).map(({ alias, label }) => decode(alias || label)),
    edges: values(db.getRelationships?.()).map(({ roleA }) => decode(roleA)),
    live: [],
  }),
  stateDiagram: (db) => ({
    nodes: layout(db)
      .nodes.filter(({ id, shape }) => /^\w+$/.test(id) && !unlabelled.has(shape))
      .map(({ label }) => decode(label)),
    edges: layout(db)
      .edges.filter(({ id }) => /^edge\d+$/.test(id))
      .map(({ label }) => decode(label)),
    live: values(db.getLinks?.()).map(String),
  }),
  mindmap: (db) => {
    const nodes: string[] = [];
    const walk = (node: { descr: string; children: [] }): void => {
      nodes.push(decode(node.descr));
      node.children.forEach(walk);
    };
    walk(db.getMindmap?.() as never);
    return { nodes, edges: [], live: [] };
  },
  c4: (db) => ({
    nodes: [
      ...values(db.getC4ShapeArray?.()).map(({ label }) => decode((label as { text: string }).text)),
      ...values(db.getBoundaries?.())
        .filter(({ alias }) => alias !== "global")
        .map(({ label }) => decode((label as { text: string }).text)),
    ],
    edges: values(db.getRels?.()).map(({ label }) => decode((label as { text: string }).text)),
    live: values(db.getC4ShapeArray?.()).flatMap(({ link, sprite }) =>
      [link, sprite].filter(Boolean).map(String),
    ),
  }),
  gantt: (db) => ({
    nodes: values(db.getTasks?.()).map(({ task }) => decode(task)),
    edges: [],
    live: Object.keys((db.getLinks?.() ?? {}) as object),
  }),
  pie: (db) => ({
    nodes: [...((db.getSections?.() as Map<string, number>) ?? new Map()).keys()].map(decode),
    edges: [],
    live: [],
  }),
  timeline: (db) => ({
    nodes: values(db.getTasks?.()).flatMap(({ events }) => (events as string[]).map(decode)),
    edges: values(db.getTasks?.()).map(({ task }) => decode(task)),
    live: [],
  }),
  quadrantChart: (db) => {
    const { points = [], quadrants = [] } = (db.getQuadrantData?.() ?? {}) as {
      points?: Array<{ text: { text: string } }>;
      quadrants?: Array<{ text: { text: string } }>;
    };
    return {
      nodes: points.map(({ text }) => decode(text.text)),
      edges: quadrants.map(({ text }) => decode(text.text)).filter((text) => text !== ""),
      live: [],
    };
  },
  gitGraph: (db) => ({
    nodes: values(db.getCommits?.()).map(({ id }) => decode(id)),
    edges: [...((db.getBranches?.() as Map<string, unknown>) ?? new Map()).keys()].map(decode),
    live: [],
  }),
};

mermaid.initialize({
  startOnLoad: false,
  securityLevel: "strict",
  htmlLabels: false,
  flowchart: { htmlLabels: false },
});

async function readBack(text: string): Promise<ReadBack | { error: string }> {
  try {
    const parsed = await mermaid.parse(text);
    if (!parsed) throw new Error("Not parsed");
    const { db, type } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const reader = readers[type];
    if (!reader) throw new Error(`No reader for ${type}`);
    return { type, config: parsed.config, ...reader(db as unknown as Db) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

let drawings = 0;

/** All text of the drawing, and anything in it that loads or links. */
async function drawn(text: string): Promise<{ words: string; live: number }> {
  const plain = withoutEntities(text);
  const { svg } = await mermaid.render(`d${drawings++}`, plain.text);
  const drawing = new DOMParser().parseFromString(svg, "text/html");
  plain.reveal(drawing.documentElement);
  const words = [...drawing.querySelectorAll("text")].map(({ textContent }) => textContent).join(" ");
  return {
    words,
    live: drawing.querySelectorAll("a, image, script, iframe, [href^='http'], [onclick]").length,
  };
}

/** The drawing as if by hand with a marker, where Mermaid can, as SVG. */
async function sketched(text: string): Promise<string> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    look: "handDrawn",
    handDrawnSeed: 7,
    theme: "base",
    themeVariables: {
      fontFamily: "DejaVu Sans",
      primaryColor: "#f7f7f3",
      mainBkg: "#f7f7f3",
      primaryBorderColor: "#1d3a6e",
      nodeBorder: "#1d3a6e",
      primaryTextColor: "#1d3a6e",
      lineColor: "#1d3a6e",
      edgeLabelBackground: "#f7f7f3",
    },
  });
  const plain = withoutEntities(text);
  const { svg } = await mermaid.render(`s${drawings++}`, plain.text);
  const drawing = new DOMParser().parseFromString(svg, "text/html");
  plain.reveal(drawing.documentElement);
  return drawing.body.innerHTML;
}

Object.assign(window, { readBack, drawn, sketched });
