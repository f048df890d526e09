import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Graph } from "../../src/workflows/diagram/schema.js";
import { edge, graph, group, message, node, row } from "./diagrams.js";

/** Drawings as graphs, and what a careful person writes for them: one folder each, one file a language. */
export const goldenFolder = "test/fixtures/diagrams/golden";

export const goldenNames = (): string[] =>
  readdirSync(goldenFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** A part of a graph as it is written down: what is left out is the plainest. */
const part = (plain: object) => z.looseObject({}).transform((written) => ({ ...plain, ...written }));

const Written = z
  .looseObject({
    direction: z.string().default("right"),
    nodes: z.array(part(node("", ""))).default([]),
    edges: z.array(part(edge("", ""))).default([]),
    groups: z.array(part(group("", ""))).default([]),
    steps: z.array(part(message("", "", ""))).default([]),
    rows: z.array(part(row(""))).default([]),
  })
  .transform((written) => ({ ...graph("flowchart", ""), ...written }));

export const goldenGraph = (name: string): Graph =>
  Graph.parse(Written.parse(JSON.parse(readFileSync(join(goldenFolder, name, "graph.json"), "utf8"))));
