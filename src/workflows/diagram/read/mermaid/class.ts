import { z } from "zod";
import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Edge, Graph } from "../../schema.js";
import { countOf } from "../reading.js";
import { colourRemark, decoded, directionOf, entries, part, type Source } from "./common.js";

const Member = z.object({
  memberType: z.string().optional(),
  visibility: z.string().default(""),
  classifier: z.string().default(""),
  id: z.string().default(""),
  parameters: z.string().optional(),
  returnType: z.string().optional(),
});
const Class = z.object({
  id: z.string(),
  type: z.string().default(""),
  label: z.string().default(""),
  members: z.array(Member),
  methods: z.array(Member),
  annotations: z.array(z.string()),
  styles: z.array(z.string()).default([]),
  parent: z.string().optional().nullable(),
});
const End = z.union([z.number(), z.string()]);
const Relation = z.object({
  id1: z.string(),
  id2: z.string(),
  relation: z.object({ type1: End, type2: End, lineType: z.number() }),
  relationTitle1: z.string().optional(),
  relationTitle2: z.string().optional(),
  title: z.string().optional(),
});
const Note = z.object({ class: z.string().optional(), text: z.string() });
const Namespace = z.object({
  id: z.string(),
  label: z.string().optional(),
  parent: z.string().optional().nullable(),
});
const Interface = z.object({ id: z.string(), label: z.string() });

const heads: Record<string, Edge["endHead"]> = {
  0: "diamond",
  1: "triangle",
  2: "filledDiamond",
  3: "arrow",
  4: "circle",
};

/** Classes with their compartments, in namespaces, and the relations between them. */
export function classDiagram(source: Source): Graph {
  const graph = emptyGraph("class");
  graph.direction = directionOf(part(source, "getDirection", z.string().optional()));
  for (const [, { id, label, parent }] of part(source, "getNamespaces", entries(Namespace)))
    graph.groups.push(newGroup(id, decoded(label ?? id), parent ?? ""));
  const balls = new Map(
    z
      .array(Interface)
      .parse(source.db.interfaces ?? [])
      .map(({ id, label }) => [id, label]),
  );
  for (const [, { id, type, label, members, methods, annotations, styles, parent }] of part(
    source,
    "getClasses",
    entries(Class),
  )) {
    const name = `${decoded(label || id)}${type === "" ? "" : `<${generic(type)}>`}`;
    const stereotypes = annotations.map((one) => `«${decoded(one)}»`);
    graph.nodes.push(
      newNode(id, [...stereotypes, name].join("\n"), {
        group: parent ?? "",
        details: [...members.map(fieldRow), ...methods.map(methodRow)],
      }),
    );
    graph.remarks.push(...colourRemark(id, styles));
  }
  const known = new Set(graph.nodes.map(({ id }) => id));
  const endOf = (id: string): string => {
    const ball = balls.get(id);
    if (ball === undefined) return id;
    if (!known.has(ball)) graph.nodes.push(newNode(ball, ball));
    known.add(ball);
    return ball;
  };
  for (const relation of part(source, "getRelations", z.array(Relation))) {
    const { type1, type2, lineType } = relation.relation;
    const count = (text: string | undefined): Edge["endCount"] => {
      const read = text === undefined || text === "none" ? "none" : countOf(decoded(text));
      if (read === undefined)
        source.warnings.push({
          message: `The words “${decoded(text)}” at the end of a relation are left out.`,
        });
      return read ?? "none";
    };
    graph.edges.push(
      newEdge(endOf(relation.id1), endOf(relation.id2), decoded(relation.title), {
        line: lineType === 1 ? "dashed" : "solid",
        startHead: heads[String(type1)] ?? "none",
        endHead: heads[String(type2)] ?? "none",
        startCount: count(relation.relationTitle1),
        endCount: count(relation.relationTitle2),
      }),
    );
  }
  for (const [, { class: about = "", text }] of part(source, "getNotes", entries(Note)))
    graph.notes.push({ text: decoded(text), about: about ?? "" });
  return graph;
}

/** Mermaid writes the brackets of type parameters as tildes. */
function generic(text: string): string {
  let now = decoded(text);
  while (/~[^~]*~/.test(now)) now = now.replace(/~([^~]*)~/, "<$1>");
  return now;
}

const marks = (classifier: string): string =>
  classifier === "$" ? " {static}" : classifier === "*" ? " {abstract}" : "";
const sign = (visibility: string): string => (visibility === "" ? "" : `${visibility} `);

const fieldRow = ({ visibility, id, classifier }: z.infer<typeof Member>): string =>
  `${sign(visibility)}${generic(id)}${marks(classifier)}`;

const methodRow = ({
  visibility,
  id,
  parameters = "",
  returnType = "",
  classifier,
}: z.infer<typeof Member>): string =>
  `${sign(visibility)}${generic(id)}(${generic(parameters)})${returnType === "" ? "" : `: ${generic(returnType)}`}${marks(classifier)}`;
