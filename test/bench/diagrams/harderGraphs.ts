import type { Edge, Graph, Group, Node, Remark } from "../../../src/workflows/diagram/schema.js";
import { edge, graph, group, node } from "../../support/diagrams.js";
import { randomFrom } from "../../support/knownGraphs.js";

/** How many drawings there are. */
export const harderCount = 60;

/** Pixels of the drawing. */
export const cell = { width: 280, height: 190 };
export const margin = 110;

const actors = ["the customer", "the clerk", "accounting", "the warehouse", "our partner", "the night shift"];
const acts = [
  "Check",
  "Send",
  "Write down",
  "Collect",
  "Approve",
  "Ask for",
  "Print",
  "Return",
  "Count",
  "Store",
];
const objects = [
  "the order",
  "all invoices",
  "a new badge",
  "the delivery note",
  "spare parts",
  "the claim form",
];
const tails = [
  "",
  "",
  " once a week",
  " before noon",
  " with two signatures",
  " unless it is urgent",
  " by mail",
];
const questions = [
  "In stock?",
  "Paid in full?",
  "Is it urgent?",
  "All there?",
  "New customer?",
  "Over 500 €?",
];
const systems = ["Archive", "Order DB", "Price list", "Mail server", "Ledger"];
const conditions = ["yes", "no", "if late", "after 3 days", "on Mondays", "else", "retry", "copy of it"];
const remarks = ["Ask Ines about this", "Not before May", "Who pays for it?", "Too slow today"];
const frames = ["Front office", "Back office", "Supplier", "Night batch"];
const colours = ["red", "green", "orange"] as const;

interface Cell {
  column: number;
  row: number;
}

/**
 * A drawing that is as hard as real ones: 8 to 40 nodes with sentences, equal labels, crossings, frames, notes and
 * colours, with their places in the drawing.
 *
 * @param seed from 0 to 59; the same drawing each time
 */
export function harderGraph(seed: number): Graph {
  const random = randomFrom(seed + 3000);
  const number = (most: number) => Math.floor(random() * most);
  const pick = <Item>(from: readonly Item[]): Item => {
    const item = from[number(from.length)];
    if (item === undefined) throw new Error("There is nothing to pick from");
    return item;
  };
  const count = 8 + Math.round((32 * (seed % 15)) / 14);
  const columns = Math.ceil(Math.sqrt(count * 1.3));
  const cells = Array.from(
    { length: count },
    (_, index): Cell => ({
      column: index % columns,
      row: Math.floor(index / columns),
    }),
  );
  const groups: Group[] = [];
  const groupAt = ({ column }: Cell): string =>
    seed % 3 === 0 ? "" : (groups[Math.floor(column / Math.ceil(columns / 2))]?.id ?? "");
  if (seed % 3 !== 0)
    for (const index of [0, 1]) groups.push(group(`g${index + 1}`, frames[(seed + index) % 4] ?? ""));
  const nodes: Node[] = [];
  const marks: Remark[] = [];
  for (const [index, where] of cells.entries()) {
    const id = `n${index + 1}`;
    const kind = number(10);
    const earlier = nodes.filter(({ shape }) => shape === "rectangle" || shape === "rounded");
    const isTwin = kind > 2 && earlier.length > 2 && number(7) === 0;
    const shape =
      kind === 0
        ? "diamond"
        : kind === 1
          ? "cylinder"
          : kind === 2
            ? "stadium"
            : kind < 6
              ? "rounded"
              : "rectangle";
    const label =
      kind === 0
        ? pick(questions)
        : kind === 1
          ? pick(systems)
          : kind === 2
            ? `For ${pick(actors)}`
            : isTwin
              ? pick(earlier).label
              : `${pick(acts)} ${pick(objects)}${pick(tails)}`;
    const [width, height] =
      kind === 0 ? [170, 110] : kind === 1 ? [130, 90] : [170 + number(20), 70 + number(20)];
    nodes.push(
      node(id, label, {
        shape,
        group: groupAt(where),
        place: {
          part: 1,
          x: Math.round(margin + where.column * cell.width + (cell.width - width) / 2 + number(24) - 12),
          y: Math.round(margin + where.row * cell.height + (cell.height - height) / 2 + number(16) - 8),
          width,
          height,
        },
      }),
    );
    if (number(6) === 0) marks.push({ about: id, feature: "colour", value: pick(colours) });
  }
  const edges = edgesBetween(cells, columns, pick, number);
  const hasLegend = marks.length > 0;
  return graph("flowchart", seed % 2 === 0 ? `${pick(acts)} ${pick(objects)} (draft ${seed + 1})` : "", {
    nodes,
    edges,
    groups,
    remarks: marks,
    notes: [
      ...(seed % 4 === 1 ? [] : [{ text: pick(remarks), about: "" }]),
      ...(hasLegend ? [{ text: "red: today, green: done, orange: open", about: "" }] : []),
    ],
  });
}

/** Each cell is joined to neighbours of it, diagonally too, so that lines cross but run over no node. */
function edgesBetween(
  cells: readonly Cell[],
  columns: number,
  pick: <Item>(from: readonly Item[]) => Item,
  number: (most: number) => number,
): Edge[] {
  const edges: Edge[] = [];
  const join = (from: number, to: number) => {
    if (to < 0 || to >= cells.length) return;
    const [one, other] = number(6) === 0 ? [to, from] : [from, to];
    const line = pick(["solid", "solid", "solid", "solid", "dashed", "thick"] as const);
    edges.push(
      edge(`n${one + 1}`, `n${other + 1}`, number(3) === 0 ? pick(conditions) : "", {
        line,
        endHead: number(8) === 0 ? "none" : "arrow",
        startHead: number(14) === 0 ? "arrow" : "none",
      }),
    );
  };
  for (const [index, { column }] of cells.entries()) {
    const isLast = column === columns - 1;
    if (!isLast && number(4) > 0) join(index, index + 1);
    if (number(3) > 0) join(index, index + columns);
    if (!isLast && number(5) === 0) join(index, index + columns + 1);
    if (column > 0 && number(5) === 0) join(index, index + columns - 1);
  }
  // A head at the start alone would be a line drawn the other way around.
  return edges.map((one) => (one.endHead === "none" ? { ...one, startHead: "none" } : one));
}
