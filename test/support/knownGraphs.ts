import type { Graph } from "../../src/workflows/diagram/schema.js";
import { edge, fragment, graph, group, message, node, row } from "./diagrams.js";

/** A small generator of numbers from 0 to 1 that are the same in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const things =
  "Orders,Billing,Shipping,Stock,Customer,Catalogue,Payment,Invoice,Search,Basket,Report,Mail,Cache,Login,Audit,Queue,Refund,Supplier,Warehouse,Review".split(
    ",",
  );
const verbs = "sends,reads,writes,checks,asks,starts,stops,loads,calls,updates,copies,prints".split(",");
const types = ["string", "int", "Date", "bool"];

type Make = (pick: (from: readonly string[]) => string, number: (most: number) => number) => Graph;

const ids = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`);

/** Each joined to an earlier one, so that the drawing hangs together; and a few more lines. */
function joined(
  count: number,
  more: number,
  pick: Parameters<Make>[0],
  number: Parameters<Make>[1],
  labelled = true,
) {
  const seen = new Set<string>();
  const edges = ids(count)
    .slice(1)
    .map((to, index) => ({ from: `n${number(index + 1) + 1}`, to }));
  for (let extra = 0; extra < more; extra++) {
    const [from, to] = [`n${number(count) + 1}`, `n${number(count) + 1}`];
    if (from !== to) edges.push({ from, to });
  }
  return edges
    .filter(
      ({ from, to }) => !seen.has(`${from} ${to}`) && !seen.has(`${to} ${from}`) && seen.add(`${from} ${to}`),
    )
    .map(({ from, to }) => edge(from, to, labelled && number(3) > 0 ? pick(verbs) : ""));
}

const makers: Record<Graph["kind"], Make> = {
  flowchart: (pick, number) => {
    const count = 5 + number(4);
    const shapes = ["rectangle", "rounded", "diamond", "cylinder", "stadium"] as const;
    return graph("flowchart", "", {
      direction: number(2) ? "right" : "down",
      nodes: ids(count).map((id) =>
        node(id, pick(things), {
          shape: shapes[number(5)] ?? "rectangle",
        }),
      ),
      edges: joined(count, 2, pick, number),
    });
  },
  sequence: (pick, number) =>
    graph("sequence", "", {
      nodes: ids(3).map((id) => node(id, pick(things))),
      steps: [
        ...Array.from({ length: 3 + number(3) }, () =>
          message(`n${number(3) + 1}`, `n${number(3) + 1}`, `${pick(verbs)} ${pick(things)}`),
        ),
        fragment("open", "alt", "found"),
        message("n1", "n2", pick(verbs)),
        fragment("else", "alt", "missing"),
        message("n2", "n3", pick(verbs), { line: "dashed" }),
        fragment("close"),
      ],
    }),
  class: (pick, number) => {
    const count = 4 + number(3);
    return graph("class", "", {
      direction: "down",
      nodes: ids(count).map((id) =>
        node(id, pick(things), { details: [`${pick(verbs)}: ${pick(types)}`, `${pick(verbs)}()`] }),
      ),
      edges: joined(count, 1, pick, number).map((one) => ({
        ...one,
        endHead: number(2) ? "triangle" : "arrow",
      })),
    });
  },
  er: (pick, number) => {
    const count = 4 + number(3);
    return graph("er", "", {
      nodes: ids(count).map((id) =>
        node(id, pick(things), { details: ["id int PK", `${pick(verbs)} string`] }),
      ),
      edges: joined(count, 1, pick, number).map((one) => ({
        ...one,
        endHead: "none" as const,
        startCount: "one" as const,
        endCount: number(2) ? ("zeroOrMore" as const) : ("zeroOrOne" as const),
      })),
    });
  },
  state: (pick, number) => {
    const count = 4 + number(3);
    return graph("state", "", {
      nodes: [node("s", "", { shape: "start" }), ...ids(count).map((id) => node(id, pick(things)))],
      edges: [edge("s", "n1"), ...joined(count, 2, pick, number)],
    });
  },
  mindmap: (pick, number) => {
    const count = 6 + number(4);
    return graph("mindmap", "", {
      nodes: ids(count).map((id) => node(id, pick(things))),
      edges: joined(count, 0, pick, number, false).map((one) => ({ ...one, endHead: "none" as const })),
    });
  },
  architecture: (pick, number) => {
    const count = 4 + number(3);
    return graph("architecture", "", {
      nodes: ids(count).map((id, index) =>
        node(id, pick(things), { shape: index === 0 ? "actor" : "rectangle", group: index > 1 ? "g1" : "" }),
      ),
      groups: [group("g1", "Cloud")],
      edges: joined(count, 1, pick, number),
    });
  },
  gantt: (pick, number) =>
    graph("gantt", "Plan", {
      rows: Array.from({ length: 4 + number(3) }, (_, index) =>
        row(`${pick(verbs)} ${pick(things)}`, {
          section: index < 3 ? "Now" : "Later",
          start: `2026-03-${String(2 + index * 3).padStart(2, "0")}`,
          end: `${2 + number(5)}d`,
        }),
      ),
    }),
  pie: (_, number) =>
    graph("pie", "Share", {
      rows: things
        .slice(number(4), 5 + number(4))
        .map((label) => row(label, { start: String(10 + number(40)) })),
    }),
  timeline: (pick, number) =>
    graph("timeline", "Years", {
      rows: Array.from({ length: 4 + number(3) }, (_, index) =>
        row(`${pick(things)} ${pick(verbs)}`, { start: String(2019 + index) }),
      ),
    }),
  quadrant: (_, number) =>
    graph("quadrant", "Effort", {
      rows: [
        row("cheap", { role: "xAxis", end: "aboveThreshold" }),
        row("useless", { role: "yAxis", end: "useful" }),
        ...things
          .slice(number(10), 14)
          .map((label) => row(label, { start: `0.${1 + number(8)}`, end: `0.${1 + number(8)}` })),
      ],
    }),
  git: (pick, number) =>
    graph("git", "", {
      rows: [
        row(pick(verbs), { role: "commit", section: "main" }),
        row("next", { role: "branch", section: "main" }),
        ...Array.from({ length: 2 + number(3) }, () =>
          row(`${pick(verbs)} ${pick(things)}`, { role: "commit", section: "next" }),
        ),
        row(pick(things), { role: "commit", section: "main" }),
        row("", { role: "merge", section: "main", start: "next" }),
      ],
    }),
};

/** So many pictures of each kind: forty in all. */
const counts: Record<Graph["kind"], number> = {
  flowchart: 8,
  sequence: 4,
  class: 4,
  er: 4,
  state: 4,
  mindmap: 4,
  architecture: 3,
  gantt: 2,
  pie: 2,
  timeline: 2,
  quadrant: 1,
  git: 2,
};

/** Forty graphs of all kinds, the same in every run. */
export const knownGraphs: Graph[] = Object.entries(counts).flatMap(([kind, count], index) =>
  Array.from({ length: count }, (_, number) => {
    const random = randomFrom(index * 100 + number + 1);
    const integer = (most: number) => Math.floor(random() * most);
    const left = [...things];
    // A drawing calls no two things alike.
    const pick = (from: readonly string[]) =>
      from === things
        ? (left.splice(integer(left.length), 1)[0] ?? "Thing")
        : (from[integer(from.length)] ?? "");
    return makers[kind as Graph["kind"]](pick, integer);
  }),
);
