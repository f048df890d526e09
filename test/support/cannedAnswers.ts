import type { AuditAnswer } from "../../src/workflows/audit/schema.js";
import type { CompareAnswer } from "../../src/workflows/compare/schema.js";
import type { Graph, Place } from "../../src/workflows/diagram/schema.js";
import type { ExtractAnswer } from "../../src/workflows/extract/schema.js";
import type { ReadAnswer } from "../../src/workflows/read/schema.js";
import type { TriageAnswer } from "../../src/workflows/triage/schema.js";
import type { CheckedRequest } from "./apiRules.js";
import { edge, graph, node } from "./diagrams.js";

/** Places fit `checkout.png` (1280 × 800). */
export const auditAnswer: AuditAnswer = {
  summary: "A checkout form with an order summary. The pay button and the introduction can hardly be read.",
  setAside: [],
  findings: [
    {
      title: "Introduction too pale",
      criterion: "1.4.3",
      impact: "serious",
      where: "The sentence below the heading",
      part: 1,
      box: { x: 38, y: 145, width: 446, height: 30 },
      marks: [],
      value: 1.9,
      problem: "Light grey text on white, about 1.9:1 by estimate.",
      affected: "People with low vision",
      fix: "Use #57606a or darker.",
      confidence: "high",
    },
    {
      title: "White on light green in the pay button",
      criterion: "1.4.3",
      impact: "critical",
      where: "The button below the form",
      part: 1,
      box: { x: 40, y: 507, width: 122, height: 46 },
      marks: [],
      value: 1.6,
      problem: "White bold text on light green, about 1.6:1 by estimate.",
      affected: "People with low vision cannot find the main action",
      fix: "Darken the green to #1a7f37.",
      confidence: "high",
    },
    {
      title: "Tool buttons smaller than 24 px",
      criterion: "2.5.8",
      impact: "moderate",
      where: "Top right corner",
      part: 1,
      box: { x: 1174, y: 20, width: 70, height: 26 },
      marks: [],
      value: 18,
      problem: "Three buttons of 18 by 18 px, 4 px apart.",
      affected: "People with a tremor hit the wrong one",
      fix: "Make them at least 24 by 24 px.",
      confidence: "medium",
    },
    {
      title: "Stock state by colour alone",
      criterion: "1.4.1",
      impact: "minor",
      where: "The dots in the order summary",
      part: 1,
      box: { x: 0, y: 0, width: 0, height: 0 },
      marks: [],
      value: 0,
      problem: "Red and green dots differ by hue alone.",
      affected: "People who cannot tell red from green",
      fix: "Add a word or a symbol to each dot.",
      confidence: "low",
    },
  ],
  cannotTell: ["Whether the error of the postcode field is announced"],
};

const read = (value: string) => ({ value, confidence: "high" as const });

export const triageAnswer: TriageAnswer = {
  title: read("Recording a payment fails with TypeError in sumPayments"),
  whatHappened: read(
    "A payment of 1.250,00 EUR was entered for invoice 2041. The page shows an error instead.",
  ),
  expected: read("The payment is recorded."),
  steps: ["Open Invoices", "Open invoice 2041"],
  errorMessages: ["Something went wrong. The payment could not be recorded. (HTTP 500, request 7f3a-11c9)"],
  stackTrace: read(
    "TypeError: Cannot read properties of undefined (reading 'amount')\n    at sumPayments (payments.ts:88:31)",
  ),
  url: read("https://app.ledgerly.example/invoices/2041?tab=payments"),
  httpStatus: read("500"),
  requestId: read("7f3a-11c9"),
  browser: read("Firefox"),
  browserVersion: read("144"),
  operatingSystem: read("Windows 11"),
  viewport: read("1280 × 800"),
  appVersion: read("4.12.3"),
  component: read("Invoices"),
  visibleState: read(""),
  input: read("1.250,00"),
  severity: "critical",
  severityReason: "Payments cannot be recorded.",
  severityConfidence: "medium",
  labels: ["bug", "payments"],
  missing: ["Whether it happens with every amount"],
};

/** The drawing in `whiteboard.jpg`. */
export const diagramAnswer: Graph = graph("flowchart", "Order flow, sprint 14", {
  nodes: [
    node("shop", "Web shop"),
    node("orders", "Orders"),
    node("paid", "Paid?", { shape: "diamond" }),
    node("shipping", "Shipping"),
    node("reminder", "Reminder"),
    node("stock", "Stock DB", { shape: "cylinder" }),
  ],
  edges: [
    edge("shop", "orders", "order"),
    edge("orders", "paid"),
    edge("paid", "shipping", "yes"),
    edge("paid", "reminder", "no"),
    edge("orders", "stock", "reserve"),
    edge("reminder", "orders", "", { line: "dashed" }),
  ],
});

/** Where the sample whiteboard has them, in pixels of the prepared image. */
const places: Readonly<Record<string, Omit<Place, "part">>> = {
  shop: { x: 131, y: 145, width: 281, height: 133 },
  orders: { x: 619, y: 143, width: 281, height: 134 },
  paid: { x: 1074, y: 133, width: 282, height: 163 },
  shipping: { x: 1076, y: 533, width: 279, height: 133 },
  reminder: { x: 619, y: 533, width: 281, height: 132 },
  stock: { x: 153, y: 522, width: 236, height: 187 },
};

/** The same, with one word not read at all, one to be read in two ways, and each node at its place. */
export const doubtfulAnswer: Graph = {
  ...diagramAnswer,
  nodes: diagramAnswer.nodes.map((one) => ({
    ...one,
    place: { part: 1, ...(places[one.id] ?? one.place) },
    ...(one.id === "shipping" ? { label: "[unreadable]" } : {}),
    ...(one.id === "stock" ? { confidence: "low" as const, alternatives: ["Stack DB"] } : {}),
  })),
};

export const readAnswer: ReadAnswer = {
  blocks: [
    { kind: "heading", language: "", lines: ["Invoice 2041"] },
    { kind: "paragraph", language: "", lines: ["Something went wrong. The payment could not be recorded."] },
  ],
};

const price = (text: string, y: number) => ({ text, box: { x: 1157, y, width: 57, height: 12 } });

/** The order summary of `checkout.png` (1280 × 800); one price is misread. */
export const extractAnswer: ExtractAnswer = {
  kind: "receipt",
  title: "Order summary",
  numbers: "1,234.56",
  dates: "none",
  values: [
    { path: "/shipping", type: "number", part: 1, confidence: "high", ...price("£4.50", 232) },
    { path: "/total", type: "number", part: 1, confidence: "high", ...price("£157.50", 264) },
  ],
  tables: [
    {
      path: "/items",
      columns: [
        { name: "description", type: "text" },
        { name: "amount", type: "number" },
      ],
      isEstimated: false,
      rows: [
        { cells: ["Trail jacket, size M", "£129.00"], y: 168 },
        { cells: ["Wool socks, 3 pairs", "£42.00"], y: 200 },
      ].map(({ cells, y }) => ({
        cells,
        confidence: "high" as const,
        part: 1,
        box: { x: 885, y, width: 330, height: 15 },
      })),
    },
  ],
  absent: ["/date"],
};

/** What a model says that finds nothing beside what was measured. */
export const compareAnswer: CompareAnswer = { summary: "Nothing that matters.", changes: [], seen: [] };

/** An answer for whichever workflow asks: each is known by a property of its schema. */
export function cannedAnswer({ schema }: CheckedRequest): unknown {
  const properties = (schema.properties ?? {}) as object;
  if ("findings" in properties) return auditAnswer;
  if ("blocks" in properties) return readAnswer;
  if ("tables" in properties) return extractAnswer;
  if ("changes" in properties) return compareAnswer;
  return "nodes" in properties ? diagramAnswer : triageAnswer;
}
