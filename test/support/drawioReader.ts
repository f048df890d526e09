import { Graph, ModelXmlSerializer, registerAllCodecs } from "@maxgraph/core";

/** In a browser: reads a draw.io file back with the library that draw.io grew from, and draws it. */
export interface ReadBackCell {
  id: string;
  label: string;
  isEdge: boolean;
  parent: string;
  source: string;
  target: string;
  /** As drawn, in pixels of the page; a line's from its first to its last point. */
  place: { x: number; y: number; width: number; height: number };
}

registerAllCodecs();

function drawioCells(file: string): { cells: ReadBackCell[]; live: number } {
  const parsed = new DOMParser().parseFromString(file, "text/xml");
  const error = parsed.querySelector("parsererror");
  if (error) throw new Error(error.textContent ?? "");
  const model = parsed.querySelector("mxfile > diagram > mxGraphModel");
  if (!model) throw new Error("The file holds no model.");
  const container = document.createElement("div");
  document.body.append(container);
  const graph = new Graph(container);
  new ModelXmlSerializer(graph.getDataModel()).import(model.outerHTML);
  const all = Object.values(graph.getDataModel().cells ?? {}).filter(
    (cell) => !["0", "1"].includes(cell.id ?? ""),
  );
  const cells = all.map((cell): ReadBackCell => {
    const state = graph.view.getState(cell);
    return {
      id: cell.id ?? "",
      label: String(cell.value ?? ""),
      isEdge: Boolean(cell.isEdge()),
      parent: cell.parent?.id ?? "",
      source: cell.source?.id ?? "",
      target: cell.target?.id ?? "",
      place: { x: state?.x ?? 0, y: state?.y ?? 0, width: state?.width ?? 0, height: state?.height ?? 0 },
    };
  });
  const live = container.querySelectorAll("a, script, iframe, [onclick], [*|href^='http']").length;
  container.remove();
  return { cells, live };
}

Object.assign(window, { drawioCells });
