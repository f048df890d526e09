import { z } from "zod";
import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Graph, Node, Row } from "../../schema.js";
import { decoded, entries, part, type Source } from "./common.js";

interface Idea {
  id: number;
  descr: string;
  type: number;
  children: Idea[];
}
const Idea: z.ZodType<Idea> = z.lazy(() =>
  z.object({ id: z.number(), descr: z.string(), type: z.number(), children: z.array(Idea) }),
);
const ideaShapes: Record<number, Node["shape"]> = { 1: "rounded", 3: "circle", 6: "hexagon" };

/** One idea and its branches. */
export function mindmap(source: Source): Graph {
  const graph = emptyGraph("mindmap");
  const add = ({ id, descr, type, children }: Idea, parent: string | undefined): void => {
    const own = `n${id + 1}`;
    graph.nodes.push(newNode(own, decoded(descr), { shape: ideaShapes[type] ?? "rectangle" }));
    if (parent !== undefined) graph.edges.push(newEdge(parent, own));
    for (const child of children) add(child, own);
  };
  const root = part(source, "getMindmap", Idea.optional().nullable());
  if (root) add(root, undefined);
  return graph;
}

const Words = z.object({ text: z.string() }).optional();
const Shape = z.object({
  alias: z.string(),
  label: Words,
  descr: Words,
  techn: Words,
  typeC4Shape: z.object({ text: z.string() }),
  parentBoundary: z.string(),
});
const Boundary = z.object({ alias: z.string(), label: Words, parentBoundary: z.string() });
const Relation = z.object({ type: z.string(), from: z.string(), to: z.string(), label: Words, techn: Words });

/** People, systems and containers. What each is stands below its name, as the notation wants it. */
export function c4(source: Source): Graph {
  const graph = emptyGraph("architecture", decoded(part(source, "getTitle", z.string().optional())));
  const holder = (boundary: string) => (boundary === "global" ? "" : boundary);
  for (const { alias, label, parentBoundary } of part(source, "getBoundaries", z.array(Boundary)))
    if (alias !== "global") graph.groups.push(newGroup(alias, decoded(label?.text), holder(parentBoundary)));
  for (const { alias, label, descr, techn, typeC4Shape, parentBoundary } of part(
    source,
    "getC4ShapeArray",
    z.array(Shape),
  )) {
    const type = typeC4Shape.text;
    const technology = decoded(techn?.text);
    const kind = /person/.test(type)
      ? "Person"
      : /container/.test(type)
        ? "Container"
        : /component/.test(type)
          ? "Component"
          : "Software System";
    graph.nodes.push(
      newNode(alias, decoded(label?.text), {
        shape:
          kind === "Person"
            ? "actor"
            : /_db/.test(type)
              ? "cylinder"
              : /queue/.test(type)
                ? "parallelogram"
                : "rectangle",
        group: holder(parentBoundary),
        details: [`[${kind}${technology === "" ? "" : `: ${technology}`}]`],
      }),
    );
    if (/external/.test(type)) graph.remarks.push({ about: alias, feature: "external", value: "yes" });
    if (descr?.text) graph.remarks.push({ about: alias, feature: "description", value: decoded(descr.text) });
  }
  for (const { type, from, to, label, techn } of part(source, "getRels", z.array(Relation))) {
    const words = [decoded(label?.text), techn?.text ? `[${decoded(techn.text)}]` : ""]
      .filter(Boolean)
      .join(" ");
    graph.edges.push(
      newEdge(from, to, words, { endHead: "arrow", startHead: type === "birel" ? "arrow" : "none" }),
    );
  }
  return graph;
}

const row = (role: Row["role"], more: Partial<Row>): Row => ({
  role,
  section: "",
  label: "",
  start: "",
  end: "",
  ...more,
});

const Task = z.object({
  section: z.string().default(""),
  task: z.string(),
  prevTaskId: z.string().optional(),
  done: z.boolean().optional(),
  active: z.boolean().optional(),
  crit: z.boolean().optional(),
  milestone: z.boolean().optional(),
  raw: z.object({
    startTime: z.object({ startData: z.string().optional() }).optional(),
    endTime: z.object({ data: z.string().optional() }).optional(),
  }),
});

export function gantt(source: Source): Graph {
  const graph = emptyGraph("gantt");
  for (const { section, task, prevTaskId, raw, ...tags } of part(source, "getTasks", z.array(Task))) {
    const start = raw.startTime?.startData ?? "";
    const isAfterLast = start === `after ${prevTaskId}`;
    if (/^after /.test(start) && !isAfterLast)
      source.warnings.push({ message: `“${decoded(task)}” begins ${start}: that it follows is left out.` });
    const role = tags.milestone
      ? "milestone"
      : tags.crit
        ? "critical"
        : tags.active
          ? "active"
          : tags.done
            ? "done"
            : "item";
    const date = /^after /.test(start) ? "" : start;
    graph.rows.push(
      row(role, {
        section: decoded(section),
        label: decoded(task),
        start: date,
        end: raw.endTime?.data ?? "",
      }),
    );
  }
  return graph;
}

export function pie(source: Source): Graph {
  const graph = emptyGraph("pie");
  for (const [label, amount] of part(source, "getSections", entries(z.number())))
    graph.rows.push(row("item", { label: decoded(label), start: String(amount) }));
  return graph;
}

const Period = z.object({ section: z.string().default(""), task: z.string(), events: z.array(z.string()) });

export function timeline(source: Source): Graph {
  const graph = emptyGraph("timeline");
  for (const { section, task, events } of part(source, "getTasks", z.array(Period)))
    for (const event of events.length === 0 ? [""] : events)
      graph.rows.push(
        row("item", { section: decoded(section), start: decoded(task), label: decoded(event) }),
      );
  return graph;
}

/** Mermaid's model holds where points are drawn, not where they are: its text is read, which it has approved. */
export function quadrant({ text }: Source): Graph {
  const graph = emptyGraph("quadrant");
  const plain = (words: string | undefined) => decoded((words ?? "").trim().replace(/^"(.*)"$/, "$1"));
  for (const line of text.split("\n").map((one) => one.trim())) {
    const axis = /^([xy])-axis\s+(.*)$/.exec(line);
    const area = /^quadrant-([1-4])\s+(.*)$/.exec(line);
    const point = /^(.*?)\s*:\s*\[\s*([\d.]+)\s*,\s*([\d.]+)\s*\]/.exec(line);
    if (axis) {
      const [label, end] = (axis[2] ?? "").split(/\s*-->\s*/);
      graph.rows.push(row(axis[1] === "x" ? "xAxis" : "yAxis", { label: plain(label), end: plain(end) }));
    } else if (area) graph.rows.push(row("quadrant", { label: plain(area[2]), start: area[1] ?? "" }));
    else if (point)
      graph.rows.push(
        row("item", {
          label: plain(point[1]?.replace(/:::\w+$/, "")),
          start: point[2] ?? "",
          end: point[3] ?? "",
        }),
      );
  }
  return graph;
}

const Commit = z.object({
  id: z.string(),
  message: z.string().default(""),
  type: z.number(),
  tags: z.array(z.string()).default([]),
  parents: z.array(z.string()),
  branch: z.string(),
});
const merge = 3;

export function git(source: Source): Graph {
  const graph = emptyGraph("git");
  const commits = part(source, "getCommitsArray", z.array(Commit.extend({ seq: z.number() }))).sort(
    (a, b) => a.seq - b.seq,
  );
  const branchOf = new Map(commits.map(({ id, branch }) => [id, branch]));
  const begun = new Set<string>();
  for (const { id, message, type, tags, parents, branch } of commits) {
    const [first, second] = parents.map((parent) => branchOf.get(parent) ?? "");
    if (!begun.has(branch) && first !== undefined && first !== branch)
      graph.rows.push(row("branch", { label: decoded(branch), section: decoded(first) }));
    begun.add(branch);
    // Where no id is written, Mermaid makes one up.
    const label = /^\d+-[0-9a-f]{7}$/.test(id) ? (type === merge ? "" : message) : id;
    const shared = { section: decoded(branch), label: decoded(label), end: decoded(tags.join(", ")) };
    graph.rows.push(
      type === merge ? row("merge", { ...shared, start: decoded(second) }) : row("commit", shared),
    );
  }
  return graph;
}
