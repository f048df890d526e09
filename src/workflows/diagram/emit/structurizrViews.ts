import type { Edge, Graph, Node } from "../schema.js";
import { indent, type Names } from "./names.js";
import { dslString } from "./structurizrText.js";

/** What a frame of the picture is: something of the model, or only a boundary around others. */
export type FrameKind = "softwareSystem" | "container" | "group";

/** A view of all, and one of each system and container. */
export function viewRows(graph: Graph, kinds: ReadonlyMap<string, FrameKind>, name: Names): string[] {
  const layout = { right: "lr", down: "tb", left: "rl", up: "bt" }[graph.direction];
  const view = (head: string) => [`${head} {`, "  include *", `  autoLayout ${layout}`, "}"];
  const framesOf = (kind: FrameKind) => graph.groups.filter(({ id }) => kinds.get(id) === kind);
  return [
    ...view("systemLandscape"),
    ...framesOf("softwareSystem").flatMap(({ id }) => view(`container ${name(id)}`)),
    ...framesOf("container").flatMap(({ id }) => view(`component ${name(id)}`)),
  ];
}

/**
 * How elements and relationships are drawn.
 *
 * @param colours those of the picture, each with the tag of what has it
 */
export function styleRows(graph: Graph, colours: ReadonlyArray<{ fill: string; tag: string }>): string[] {
  const has = (shape: Node["shape"]) => graph.nodes.some((node) => node.shape === shape);
  const lines = (line: Edge["line"]) => graph.edges.some((edge) => edge.line === line);
  const style = (head: string, property: string) => [`${head} {`, `  ${property}`, "}"];
  const rows = [
    ...(has("actor") ? style('element "Person"', "shape Person") : []),
    ...(has("cylinder") ? style('element "Database"', "shape Cylinder") : []),
    ...(has("parallelogram") ? style('element "Queue"', "shape Pipe") : []),
    ...(graph.remarks.some(({ feature }) => feature === "external")
      ? style('element "External"', "background #999999")
      : []),
    ...colours.flatMap(({ fill, tag }) => style(`element ${dslString(tag)}`, `background ${fill}`)),
    // Structurizr draws dashed lines by itself.
    ...(lines("solid") || lines("thick") ? style('relationship "Relationship"', "dashed false") : []),
    ...(lines("dashed") ? style('relationship "Dashed"', "dashed true") : []),
    ...(lines("thick") ? style('relationship "Thick"', "thickness 4") : []),
  ];
  return rows.length === 0 ? [] : ["styles {", ...indent(rows), "}"];
}
