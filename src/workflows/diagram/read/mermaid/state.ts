import { z } from "zod";
import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Graph, Node } from "../../schema.js";
import { colourRemark, decoded, directionOf, entries, part, type Source } from "./common.js";

interface State {
  stmt?: string | undefined;
  id: string;
  type?: string | undefined;
  description?: string | string[] | undefined;
  start?: boolean | undefined;
  doc?: Statement[] | undefined;
  note?: { text: string } | undefined;
}
type Statement =
  | (State & { stmt: "state" })
  | { stmt: "relation"; state1: State; state2: State; description?: string | undefined }
  | { stmt: "dir"; value: string }
  | { stmt: "other" };

const StateShape: z.ZodType<State> = z.lazy(() =>
  z.object({
    id: z.string(),
    type: z.string().optional(),
    description: z.union([z.string(), z.array(z.string())]).optional(),
    start: z.boolean().optional(),
    doc: z.array(StatementShape).optional(),
    note: z.object({ text: z.string() }).optional(),
  }),
);
const StatementShape: z.ZodType<Statement> = z.lazy(() =>
  z.union([
    z.object({
      stmt: z.literal("relation"),
      state1: StateShape,
      state2: StateShape,
      description: z.string().optional(),
    }),
    z.object({ stmt: z.literal("dir"), value: z.string() }),
    StateShape.and(z.object({ stmt: z.literal("state") })),
    z.object({}).transform((): Statement => ({ stmt: "other" })),
  ]),
);
const Described = z.object({
  descriptions: z.array(z.string()).default([]),
  classes: z.array(z.string()).default([]),
  styles: z.array(z.string()).default([]),
});
const Style = z.object({ styles: z.array(z.string()) });

/** States within states, and their transitions. */
export function state(source: Source): Graph {
  const graph = emptyGraph("state");
  const root = part(source, "getRootDocV2", z.object({ doc: z.array(StatementShape) }));
  const known = new Map(part(source, "getStates", entries(Described)));
  const classes = new Map(part(source, "getClasses", entries(Style)));
  const nodes = new Map<string, Node>();
  const composites = new Set<string>();
  const collect = (doc: readonly Statement[]): void => {
    for (const statement of doc)
      if (statement.stmt === "state" && statement.doc) {
        composites.add(statement.id);
        collect(statement.doc);
      }
  };
  collect(root.doc);

  const add = (one: State, group: string): void => {
    const { id, type = "default", start } = one;
    if (composites.has(id)) return;
    const before = nodes.get(id);
    if (before) {
      // A state's own place is where it is said first, inside of another where it is said there.
      if (before.group === "" && group !== "") before.group = group;
    } else {
      const [label = id, ...details] = (known.get(id)?.descriptions ?? []).map(decoded);
      const isDot = start !== undefined || /_(start|end)$/.test(id);
      const made = newNode(id, isDot || type !== "default" ? "" : label, {
        group,
        details: isDot ? [] : details,
        shape: start === true ? "start" : start === false ? "end" : type === "choice" ? "diamond" : "rounded",
      });
      nodes.set(id, made);
      graph.nodes.push(made);
      const styles = known.get(id);
      if (styles)
        graph.remarks.push(
          ...colourRemark(id, [
            ...styles.styles,
            ...styles.classes.flatMap((name) => classes.get(name)?.styles ?? []),
          ]),
        );
    }
    const isBar = type === "fork" || type === "join";
    if (isBar && !graph.remarks.some(({ about, feature }) => about === id && feature === "pseudostate"))
      graph.remarks.push({ about: id, feature: "pseudostate", value: type });
    const made = nodes.get(id);
    if (made && type !== "default") made.label = "";
    if (made && type === "choice") made.shape = "diamond";
  };

  let regions = 0;
  const walk = (doc: readonly Statement[], group: string): void => {
    for (const statement of doc) {
      if (statement.stmt === "dir") {
        if (group === "") graph.direction = directionOf(statement.value);
        else graph.remarks.push({ about: group, feature: "direction", value: directionOf(statement.value) });
      } else if (statement.stmt === "relation") {
        add(statement.state1, group);
        add(statement.state2, group);
        graph.edges.push(
          newEdge(statement.state1.id, statement.state2.id, decoded(statement.description), {
            endHead: "arrow",
          }),
        );
      } else if (statement.stmt === "state") {
        if (statement.note) graph.notes.push({ text: decoded(statement.note.text), about: statement.id });
        if (!statement.doc) {
          add(statement, group);
          continue;
        }
        const isRegion = statement.type === "divider";
        const label = isRegion ? "" : decoded(known.get(statement.id)?.descriptions[0] ?? statement.id);
        const id = isRegion ? `region${++regions}` : statement.id;
        graph.groups.push(newGroup(id, label, group));
        if (isRegion) graph.remarks.push({ about: id, feature: "region", value: "yes" });
        walk(statement.doc, id);
      }
    }
  };
  walk(root.doc, "");
  return graph;
}
