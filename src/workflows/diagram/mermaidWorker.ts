import { parentPort } from "node:worker_threads";
import { Window } from "happy-dom";
import { ParsedFlowchart } from "./editedGraph.js";

/** The worker in which Mermaid parses: its DOM is global here, and nowhere else. */
const window = new Window();
Object.assign(globalThis, { window, document: window.document });

const mermaid = import("mermaid").then(({ default: loaded }) => {
  loaded.initialize({ startOnLoad: false, securityLevel: "strict", htmlLabels: false });
  return loaded;
});

parentPort?.on("message", async (text: string) => {
  try {
    const loaded = await mermaid;
    const parsed = await loaded.parse(text);
    const isFlowchart = parsed && /^flowchart/.test(parsed.diagramType);
    const flowchart = isFlowchart ? await readFlowchart(loaded, text) : undefined;
    parentPort?.postMessage({ valid: true, ...(flowchart ? { flowchart } : {}) });
  } catch (error) {
    parentPort?.postMessage({
      valid: false,
      message: error instanceof Error ? error.message : String(error),
    });
  }
});

interface FlowchartDb {
  getVertices(): Map<string, { id: string; text?: string; type?: string }>;
  getEdges(): Array<{ start: string; end: string; text: string; stroke: string; type?: string }>;
}

/** What the parser holds of a flowchart, with labels as a person reads them. */
async function readFlowchart(loaded: Awaited<typeof mermaid>, text: string): Promise<ParsedFlowchart> {
  const { db } = await loaded.mermaidAPI.getDiagramFromText(text);
  const { getVertices, getEdges } = db as unknown as FlowchartDb;
  return ParsedFlowchart.parse({
    nodes: [...getVertices.call(db).values()].map(({ id, text: label, type }) => ({
      name: id,
      label: decoded(label ?? id),
      ...(type === undefined ? {} : { shape: type }),
    })),
    edges: getEdges.call(db).map(({ start, end, text: label, stroke, type = "" }) => ({
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
