import { z } from "zod";
import { latinOf } from "../../../../text/latin.js";
import { emptyGraph, newEdge, newNode } from "../../newParts.js";
import type { Edge, Graph } from "../../schema.js";
import { colourRemark, decoded, directionOf, entries, part, type Source } from "./common.js";

const Attribute = z.object({
  type: z.string(),
  name: z.string(),
  keys: z.array(z.string()).default([]),
  comment: z.string().default(""),
});
const Entity = z.object({
  id: z.string(),
  label: z.string(),
  alias: z.string().default(""),
  attributes: z.array(Attribute),
  cssClasses: z.string().default(""),
  cssStyles: z.array(z.string()).default([]),
});
const Style = z.object({ styles: z.array(z.string()) });
const Relationship = z.object({
  entityA: z.string(),
  entityB: z.string(),
  roleA: z.string().default(""),
  relSpec: z.object({ cardA: z.string(), cardB: z.string(), relType: z.string() }),
});

const counts: Record<string, Edge["endCount"]> = {
  ONLY_ONE: "one",
  ZERO_OR_ONE: "zeroOrOne",
  ONE_OR_MORE: "oneOrMore",
  ZERO_OR_MORE: "zeroOrMore",
};

/** Entities with their attributes, and the relationships between them. */
export function er(source: Source): Graph {
  const graph = emptyGraph("er");
  graph.direction = directionOf(part(source, "getDirection", z.string().optional()));
  const names = new Map<string, string>();
  const classes = new Map(part(source, "getClasses", entries(Style)));
  for (const [name, { id, label, alias, attributes, cssClasses, cssStyles }] of part(
    source,
    "getEntities",
    entries(Entity),
  )) {
    names.set(id, name);
    const ofClasses = cssClasses.split(/\s+/).flatMap((one) => classes.get(one)?.styles ?? []);
    graph.remarks.push(...colourRemark(name, [...cssStyles, ...ofClasses]));
    graph.nodes.push(newNode(name, decoded(alias || label), { details: attributes.map(attributeRow) }));
  }
  for (const { entityA, entityB, roleA, relSpec } of part(source, "getRelationships", z.array(Relationship)))
    graph.edges.push(
      newEdge(names.get(entityA) ?? entityA, names.get(entityB) ?? entityB, decoded(roleA), {
        line: relSpec.relType === "IDENTIFYING" ? "solid" : "dashed",
        // Mermaid's first cardinality stands at the second entity.
        startCount: counts[relSpec.cardB] ?? "none",
        endCount: counts[relSpec.cardA] ?? "none",
      }),
    );
  return graph;
}

/** Whether a text holds a name, however its words are joined. */
function isIn(name: string, text: string): boolean {
  const plain = (words: string) =>
    latinOf(words)
      .replace(/[^\p{L}\p{N}]/gu, "")
      .toLowerCase();
  return plain(text).includes(plain(name));
}

/** Where our own emitter could not write a name or a type, its comment holds the row as it was drawn. */
function attributeRow({ type, name, keys, comment }: z.infer<typeof Attribute>): string {
  const words = decoded(comment);
  if (words !== "" && (type === "value" || /^attribute\d+$/.test(name) || isIn(decoded(name), words)))
    return words;
  return [`${decoded(name)}: ${decoded(type)}`, ...keys, words === "" ? "" : `"${words}"`]
    .filter(Boolean)
    .join(" ");
}
