import type {
  ASTBaseNode,
  AttributeASTNode,
  GraphASTNode,
  LiteralASTNode,
  SubgraphASTNode,
} from "@ts-graphviz/ast";
import { z } from "zod";
import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Edge, Graph, Node } from "../../schema.js";
import { colourValue } from "../colours.js";
import { checked, countOf, type Reading, type Warning } from "../reading.js";
import { entities, recordFields, unescaped } from "./labels.js";
import { feet, heads, known, shapes } from "./words.js";

/**
 * A text in Graphviz's language as a graph.
 *
 * @throws Error with the line in its message when it is not valid
 */
export async function readDot(text: string): Promise<Reading> {
  checkDepth(text);
  const { parse } = await import("@ts-graphviz/ast");
  const [root] = parse(text, { startRule: "Dot" }).children.flatMap((child) =>
    child.type === "Graph" ? [child] : [],
  );
  if (!root) throw new Error("The text holds no graph.");
  return new DotReader(root).read();
}

/** Deeper nesting than anyone draws makes a parser slow. */
const deepest = 40;

function checkDepth(text: string): void {
  let depth = 0;
  for (const sign of text) {
    if (sign === "{") depth++;
    if (sign === "}") depth--;
    if (depth > deepest) throw new Error(`It is nested more than ${deepest} deep.`);
  }
}

type Attributes = ReadonlyMap<string, LiteralASTNode>;

interface Scope {
  node: Attributes;
  edge: Attributes;
  /** The cluster around; empty outside of all. */
  group: string;
}

class DotReader {
  private readonly graph: Graph;
  private readonly warnings: Warning[] = [];
  private readonly nodes = new Map<string, { node: Node; attributes: Map<string, LiteralASTNode> }>();
  private readonly lines: Array<{ from: string; to: string; attributes: Attributes }> = [];
  private readonly said = new Set<string>();
  private hasRecords = false;

  constructor(private readonly root: GraphASTNode) {
    this.graph = emptyGraph("flowchart");
  }

  read(): Reading {
    this.walk(this.root, { node: new Map(), edge: new Map(), group: "" });
    for (const one of this.nodes.values()) this.finish(one);
    const hasFeet = this.lines.some(({ attributes }) =>
      ["arrowhead", "arrowtail"].some((key) => feet[attributes.get(key)?.value ?? ""] !== undefined),
    );
    this.graph.kind = hasFeet ? "er" : this.hasRecords ? "class" : "flowchart";
    this.graph.edges = this.lines.map((line) => this.edgeOf(line));
    this.takeNotes();
    return checked({ graph: this.graph, warnings: this.warnings });
  }

  private walk(holder: GraphASTNode | SubgraphASTNode, outer: Scope): void {
    const scope = { ...outer, node: new Map(outer.node), edge: new Map(outer.edge) };
    for (const statement of holder.children) {
      switch (statement.type) {
        case "Attribute":
          this.ofGraph(statement, scope.group);
          break;
        case "AttributeList":
          for (const one of statement.children)
            if (one.type === "Attribute") {
              if (statement.kind === "Graph") this.ofGraph(one, scope.group);
              else scope[statement.kind === "Node" ? "node" : "edge"].set(one.key.value, one.value);
            }
          break;
        case "Node":
          this.node(statement.id.value, scope, attributesIn(statement.children));
          this.sayUnknown(statement.children);
          break;
        case "Edge": {
          const own = attributesIn(statement.children);
          this.sayUnknown(statement.children);
          const sets = statement.targets.map((target) =>
            target.type === "NodeRef" ? [target] : target.children,
          );
          for (const set of sets) for (const { id } of set) this.node(id.value, scope, new Map());
          for (const [index, set] of sets.slice(1).entries())
            for (const from of sets[index] ?? [])
              for (const to of set)
                this.lines.push({
                  from: from.id.value,
                  to: to.id.value,
                  attributes: new Map([...scope.edge, ...own]),
                });
          break;
        }
        case "Subgraph": {
          const name = statement.id?.value ?? "";
          if (!name.startsWith("cluster")) {
            this.walk(statement, scope);
            break;
          }
          const id = groupId(name);
          if (!this.graph.groups.some((group) => group.id === id))
            this.graph.groups.push(newGroup(id, "", scope.group));
          this.walk(statement, { ...scope, group: id });
          break;
        }
      }
    }
  }

  private ofGraph(attribute: AttributeASTNode, group: string): void {
    const { key, value } = attribute;
    const own = this.graph.groups.find(({ id }) => id === group);
    if (key.value === "label") {
      if (own) own.label = this.words(value);
      else this.graph.title = this.words(value);
    } else if (key.value === "rankdir" && group === "")
      this.graph.direction = ({ LR: "right", RL: "left", BT: "up" } as const)[value.value] ?? "down";
    else if ((key.value === "fillcolor" || key.value === "bgcolor") && own) this.colour(group, value.value);
    else this.sayUnknown([attribute]);
  }

  private node(id: string, scope: Scope, own: Attributes): void {
    const before = this.nodes.get(id);
    if (before) {
      for (const [key, value] of own) before.attributes.set(key, value);
      if (before.node.group === "") before.node.group = scope.group;
      return;
    }
    const node = newNode(id, id, { group: scope.group });
    this.nodes.set(id, { node, attributes: new Map([...scope.node, ...own]) });
    this.graph.nodes.push(node);
  }

  private finish({ node, attributes }: { node: Node; attributes: Attributes }): void {
    const value = (key: string) => attributes.get(key)?.value ?? "";
    const styles = value("style")
      .split(",")
      .map((style) => style.trim());
    const shape = value("shape").toLowerCase();
    const label = attributes.get("label");
    const text = label ? this.words(label, node.id) : node.id;
    if (styles.includes("invis")) {
      this.graph.nodes = this.graph.nodes.filter((one) => one !== node);
      return;
    }
    if (/record$/.test(shape) && label) {
      const [head = "", ...parts] = recordFields(label.value);
      Object.assign(node, {
        label: head,
        details: parts.flatMap((part) => part.split("\n").filter(Boolean)),
      });
      this.hasRecords ||= node.details.length > 0;
    } else node.label = text;
    const found = shapes[shape];
    if (shape !== "" && !found)
      this.say(`The shape “${shape}” is read as a rectangle.`, label ?? attributes.get("shape"));
    node.shape = found ?? (shape === "" ? "stadium" : "rectangle");
    if (shape === "rectangle" || shape === "box" || shape === "rect")
      node.shape = styles.includes("rounded") ? "rounded" : "rectangle";
    if (text.trim() === "" && shape === "circle") node.shape = "start";
    if (shape === "doublecircle") {
      if (text.trim() === "") node.shape = "end";
      else this.graph.remarks.push({ about: node.id, feature: "ring", value: "double" });
    }
    if (value("peripheries") === "2")
      this.graph.remarks.push({ about: node.id, feature: "subroutine", value: "yes" });
    if (Number(value("penwidth")) >= 3)
      this.graph.remarks.push({ about: node.id, feature: "ring", value: "thick" });
    if (styles.includes("filled")) this.colour(node.id, value("fillcolor") || value("color"));
  }

  private colour(about: string, text: string): void {
    const value = colourValue(text);
    if (value !== undefined) this.graph.remarks.push({ about, feature: "colour", value });
  }

  private edgeOf({ from, to, attributes }: { from: string; to: string; attributes: Attributes }): Edge {
    const value = (key: string) => attributes.get(key)?.value ?? "";
    const dir = value("dir") || (this.root.directed ? "forward" : "none");
    const ends = {
      start: dir === "back" || dir === "both" ? value("arrowtail") || "normal" : "none",
      end: dir === "forward" || dir === "both" ? value("arrowhead") || "normal" : "none",
    };
    const count = (head: string, key: string): Edge["endCount"] => {
      const label = attributes.get(key);
      const read = label ? countOf(this.words(label)) : "none";
      if (read === undefined)
        this.say(`The words at the end of a line, “${label?.value}”, are left out.`, label);
      return feet[head] ?? read ?? "none";
    };
    const head = (name: string): Edge["endHead"] => {
      if (heads[name] === undefined && feet[name] === undefined)
        this.say(`The arrowhead “${name}” is read as an arrow.`);
      return feet[name] ? "none" : (heads[name] ?? "arrow");
    };
    const style = value("style");
    const label = attributes.get("label") ?? attributes.get("xlabel");
    return newEdge(endOf(from, value("ltail")), endOf(to, value("lhead")), label ? this.words(label) : "", {
      line: /dashed|dotted/.test(style)
        ? "dashed"
        : /bold/.test(style) || Number(value("penwidth")) >= 3
          ? "thick"
          : "solid",
      startHead: head(ends.start),
      endHead: head(ends.end),
      startCount: count(ends.start, "taillabel"),
      endCount: count(ends.end, "headlabel"),
    });
  }

  /** A sheet of paper called `note1` that hangs on at most one dashed line is a note. */
  private takeNotes(): void {
    for (const node of [...this.graph.nodes]) {
      const own = this.graph.edges.filter(({ from, to }) => from === node.id || to === node.id);
      const isLoose =
        own.length === 0 || (own.length === 1 && own[0]?.line === "dashed" && own[0].endHead === "none");
      if (node.shape !== "document" || !/^note\d+$/i.test(node.id) || !isLoose) continue;
      const [line] = own;
      this.graph.notes.push({
        text: node.label,
        about: line ? (line.from === node.id ? line.to : line.from) : "",
      });
      this.graph.nodes = this.graph.nodes.filter((one) => one !== node);
      this.graph.edges = this.graph.edges.filter((edge) => !own.includes(edge));
    }
  }

  /** A label's words; of one that is like HTML, those between its tags. */
  private words(literal: LiteralASTNode, node = ""): string {
    if (literal.quoted !== "html") return unescaped(literal.value, node);
    this.say("A label like HTML is read as its words.", literal);
    return entities(
      literal.value.replace(/<(br|\/tr|\/td)\b[^<>]*>/gi, "\n").replace(/<[^<>]*>/g, ""),
    ).trim();
  }

  private sayUnknown(attributes: readonly ASTBaseNode[]): void {
    for (const one of attributes) {
      if (!isAttribute(one) || known.has(one.key.value) || this.said.has(one.key.value)) continue;
      this.said.add(one.key.value);
      this.say(`“${one.key.value}” is left out.`, one);
    }
  }

  private say(message: string, at?: ASTBaseNode): void {
    const line = at && "location" in at ? Located.parse(at.location)?.start.line : undefined;
    this.warnings.push({ message, ...(line === undefined ? {} : { line }) });
  }
}

const Located = z
  .object({ start: z.object({ line: z.number() }) })
  .optional()
  .nullable();

const isAttribute = (node: ASTBaseNode): node is AttributeASTNode => node.type === "Attribute";

const attributesIn = (all: readonly ASTBaseNode[]): Map<string, LiteralASTNode> =>
  new Map(all.filter(isAttribute).map(({ key, value }) => [key.value, value]));

const groupId = (cluster: string): string => cluster.replace(/^cluster_?/, "") || cluster;

const endOf = (node: string, cluster: string): string => (cluster === "" ? node : groupId(cluster));
