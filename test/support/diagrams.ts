import {
  type Edge,
  Graph,
  type Group,
  type Node,
  type Row,
  type Step,
} from "../../src/workflows/diagram/schema.js";

/** Graphs as tests write them: what is left out is the plainest. */
export const place = { part: 1, x: 0, y: 0, width: 0, height: 0 };

export const node = (id: string, label: string, more: Partial<Node> = {}): Node => ({
  id,
  label,
  shape: "rectangle",
  group: "",
  details: [],
  place,
  confidence: "high",
  alternatives: [],
  ...more,
});

export const edge = (from: string, to: string, label = "", more: Partial<Edge> = {}): Edge => ({
  from,
  to,
  label,
  line: "solid",
  startHead: "none",
  endHead: "arrow",
  startCount: "none",
  endCount: "none",
  confidence: "high",
  alternatives: [],
  ...more,
});

export const group = (id: string, label: string, parent = ""): Group => ({ id, label, parent });

export const message = (from: string, to: string, text: string, more: Partial<Step> = {}): Step => ({
  kind: "message",
  from,
  to,
  text,
  line: "solid",
  head: "arrow",
  fragment: "none",
  ...more,
});

export const fragment = (
  kind: "open" | "else" | "close",
  name: Step["fragment"] = "none",
  text = "",
): Step => ({
  kind,
  from: "",
  to: "",
  text,
  line: "solid",
  head: "none",
  fragment: name,
});

export const row = (label: string, more: Partial<Row> = {}): Row => ({
  role: "item",
  section: "",
  label,
  start: "",
  end: "",
  ...more,
});

export const graph = (kind: Graph["kind"], title: string, more: Partial<Graph> = {}): Graph =>
  Graph.parse({
    kind,
    title,
    direction: "right",
    nodes: [],
    edges: [],
    groups: [],
    steps: [],
    rows: [],
    notes: [],
    remarks: [],
    unreadable: [],
    ...more,
  });

export const classes = graph("class", "Billing", {
  nodes: [
    node("invoice", "Invoice", { details: ["+ total: decimal(10,2)", "- note: String"] }),
    node("payable", "«interface»\nPayable", { details: ["amount: float", "pay(by: Date): bool"] }),
    node("document", "«abstract»\nDocument", { details: ["# id: string", "print() {abstract}"] }),
    node("line", "Invoice line", { details: ["price: Money"] }),
    node("currency", "«enumeration»\nCurrency", { details: ["EUR", "USD"] }),
  ],
  edges: [
    edge("invoice", "payable", "", { line: "dashed", endHead: "triangle" }),
    edge("invoice", "document", "", { endHead: "triangle" }),
    edge("line", "invoice", "lines", { endHead: "filledDiamond", startCount: "oneOrMore" }),
    edge("invoice", "currency", "", { endCount: "one" }),
  ],
});

/** Classes with type parameters, and others that fill them in, or do not. */
export const generics = graph("class", "", {
  nodes: [
    node("repository", "«interface»\nRepository<T, K>", { details: ["+ find(id: K): Optional<T>"] }),
    node("page", "Page<T>", { details: ["+ items: List<T>", "+ first: T"] }),
    node("wide", "WidePage", { details: ["+ columns: int"] }),
    node("orders", "OrderRepository"),
    node("order", "Order"),
    node("desk", "Desk<T>", {
      details: ["+ all: Repository<Order, string>", "+ latest: Page<T>", "+ any: Page", "+ other: Batch<T>"],
    }),
  ],
  edges: [
    edge("wide", "page", "", { endHead: "triangle" }),
    edge("orders", "repository", "", { line: "dashed", endHead: "triangle" }),
    edge("order", "page", "history"),
  ],
});

export const payment = graph("sequence", "Payment", {
  nodes: [node("customer", "Customer", { shape: "actor" }), node("shop", "Shop"), node("bank", "Bank")],
  steps: [
    message("customer", "shop", "order"),
    fragment("open", "loop", "three times"),
    message("shop", "bank", "charge(card)"),
    message("bank", "shop", "accepted", { line: "dashed" }),
    fragment("close"),
    fragment("open", "alt", "accepted"),
    message("shop", "customer", "thanks", { line: "dashed" }),
    fragment("else", "alt"),
    message("shop", "customer", "sorry", { line: "dashed" }),
    fragment("close"),
  ],
});

export const entities = graph("er", "Shop", {
  nodes: [
    node("customer", "Customer", { details: ["id: int PK", "email varchar(80) UK", "name: string"] }),
    node("order", "Order", {
      details: ["order_no bigint PK", "customer_id int FK", "placed: timestamp null"],
    }),
    node("product", "Product", { details: ["price: decimal(10,2)"] }),
    node("invoice", "Invoice"),
  ],
  edges: [
    edge("customer", "order", "places", { startCount: "one", endCount: "zeroOrMore", endHead: "none" }),
    edge("order", "product", "contains", {
      startCount: "zeroOrMore",
      endCount: "oneOrMore",
      endHead: "none",
    }),
    edge("order", "invoice", "", { startCount: "one", endCount: "zeroOrOne", endHead: "none" }),
    edge("product", "product", "part of", {
      startCount: "zeroOrMore",
      endCount: "zeroOrOne",
      endHead: "none",
    }),
  ],
});

export const door = graph("state", "Door", {
  nodes: [
    node("start", "", { shape: "start" }),
    node("closed", "Closed"),
    node("open", "Open"),
    node("locked", "Locked", { group: "shut" }),
    node("bolted", "Bolted", { group: "shut" }),
    node("gone", "", { shape: "end" }),
  ],
  groups: [group("shut", "Shut")],
  edges: [
    edge("start", "closed"),
    edge("closed", "open", "open"),
    edge("open", "closed", "close [nobody in the way] / beep"),
    edge("closed", "locked", "lock"),
    edge("locked", "bolted", "bolt"),
    edge("open", "gone", "remove"),
  ],
});
