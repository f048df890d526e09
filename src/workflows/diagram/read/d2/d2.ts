import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Edge, Graph } from "../../schema.js";
import { colourValue } from "../colours.js";
import { checked, countOf, type Reading, type Warning } from "../reading.js";
import { sequenceOf } from "./sequence.js";
import { type Statement, StatementParser } from "./statements.js";
import { directionOf, feet, headOf, held, heldStyles, keys, own, shapes } from "./words.js";

/**
 * A text in D2 as a graph.
 *
 * @throws Error with the line in its message when it is not valid
 */
export function readD2(text: string): Reading {
  const statements = new StatementParser(text).parse();
  const warnings: Warning[] = [];
  const isSequence = statements.some(
    ({ targets, value }) => targets[0]?.[0] === "shape" && value === "sequence_diagram",
  );
  const graph = isSequence ? sequenceOf(statements, warnings) : new D2Reader(warnings).read(statements);
  return checked({ graph, warnings });
}

/** A thing of D2 with what is said of it. */
interface Thing {
  path: string;
  name: string;
  label: string;
  parent: Thing | undefined;
  attributes: Map<string, string>;
  /** Rows of a class or a table. */
  rows: string[];
  isFrame: boolean;
}

class D2Reader {
  private readonly graph = emptyGraph("flowchart");
  private readonly things = new Map<string, Thing>();
  private readonly lines: Array<{ from: Thing; to: Thing; operator: string; statement: Statement }> = [];
  private readonly said = new Set<string>();

  constructor(private readonly warnings: Warning[]) {}

  read(statements: readonly Statement[]): Graph {
    this.walk(statements, undefined);
    const titles = [...this.things.values()].filter(
      ({ attributes, parent, label }) =>
        !parent && attributes.has("near") && attributes.get("shape") === "text" && label !== "",
    );
    for (const { path, label } of titles) {
      this.graph.title = label;
      this.things.delete(path);
    }
    const ids = this.idsOf();
    const edges = this.lines.map((line) => this.edgeOf(line, ids));
    const notes = this.notesOf(edges, ids);
    for (const thing of this.things.values()) if (!notes.has(ids(thing))) this.add(thing, ids);
    this.graph.edges = edges.filter(({ from, to }) => !notes.has(from) && !notes.has(to));
    const kinds = new Set([...this.things.values()].map(({ attributes }) => attributes.get("shape")));
    const hasFeet = this.lines.some(({ statement }) =>
      statement.block.some(({ block }) => block.some(({ value }) => feet[value] !== undefined)),
    );
    this.graph.kind = kinds.has("sql_table") || hasFeet ? "er" : kinds.has("class") ? "class" : "flowchart";
    return this.graph;
  }

  private walk(statements: readonly Statement[], inside: Thing | undefined): void {
    const isTable = ["class", "sql_table"].includes(inside?.attributes.get("shape") ?? "");
    for (const statement of statements) {
      const [path = []] = statement.targets;
      const [first = ""] = path;
      if (statement.operators.length > 0) this.connect(statement, inside);
      else if (first === "direction" && !inside) this.graph.direction = directionOf(statement.value);
      else if (own.has(first)) this.attribute(statement, path, inside);
      else if (isTable && inside) inside.rows.push(rowOf(statement, inside));
      else this.declare(statement, path, inside);
    }
  }

  /** A thing, or an attribute of one: `orders.style.fill: red`. */
  private declare(statement: Statement, path: readonly string[], inside: Thing | undefined): void {
    const cut = path.findIndex((part) => own.has(part));
    const thing = this.thing(cut < 0 ? path : path.slice(0, cut), inside);
    if (cut >= 0) return this.attribute(statement, path.slice(cut), thing);
    if (statement.hasValue) thing.label = statement.value;
    // A class's shape is known before its rows are read.
    const shape = statement.block.find(({ targets }) => targets[0]?.[0] === "shape");
    if (shape) thing.attributes.set("shape", shape.value);
    this.walk(statement.block, thing);
  }

  private thing(path: readonly string[], inside: Thing | undefined): Thing {
    let parent = inside;
    for (const name of path) {
      if (name === "_") {
        parent = parent?.parent;
        continue;
      }
      const key = parent ? `${parent.path}\u0000${name}` : name;
      const known = this.things.get(key);
      const thing: Thing = known ?? {
        path: key,
        name,
        label: name,
        parent,
        attributes: new Map(),
        rows: [],
        isFrame: false,
      };
      if (!known) {
        this.things.set(key, thing);
        if (parent) parent.isFrame = true;
      }
      parent = thing;
    }
    if (!parent) throw new Error("A name leads out of the drawing.");
    return parent;
  }

  private attribute(statement: Statement, path: readonly string[], thing: Thing | undefined): void {
    const [first = "", second = ""] = path;
    const { value, block, line } = statement;
    if (first === "style" && second === "" && block.length > 0)
      return this.walk(
        block.map((one) => ({ ...one, targets: [["style", ...(one.targets[0] ?? [])]] })),
        thing,
      );
    const key = first === "style" ? `style.${second}` : first;
    const isHeld = first === "style" ? heldStyles.has(second) : held.has(first);
    if (!thing || !isHeld) {
      if (!this.said.has(key)) this.warnings.push({ message: `“${key}” is left out.`, line });
      this.said.add(key);
      return;
    }
    if (first === "label") thing.label = value;
    thing.attributes.set(key, value);
  }

  private connect(statement: Statement, inside: Thing | undefined): void {
    const things = statement.targets.map((path) => this.thing(path, inside));
    for (const [index, operator] of statement.operators.entries()) {
      const [from, to] = [things[index], things[index + 1]];
      if (from && to) this.lines.push({ from, to, operator, statement });
    }
  }

  /** Short ids where they are clear: the last part of each path. */
  private idsOf(): (thing: Thing) => string {
    const ids = new Map<string, string>();
    const taken = new Set<string>();
    for (const { path, name } of this.things.values()) {
      let id = name;
      for (let number = 2; taken.has(id); number++) id = `${name}${number}`;
      taken.add(id);
      ids.set(path, id);
    }
    return ({ path }) => ids.get(path) ?? path;
  }

  private add(thing: Thing, ids: (thing: Thing) => string): void {
    const { attributes, parent, label, rows } = thing;
    const id = ids(thing);
    const remark = (feature: "colour" | "ring" | "subroutine" | "direction", value: string) =>
      this.graph.remarks.push({ about: id, feature, value });
    const fill = colourValue(attributes.get("style.fill") ?? "");
    if (fill !== undefined) remark("colour", fill);
    if (thing.isFrame) {
      this.graph.groups.push(newGroup(id, label, parent ? ids(parent) : ""));
      const way = attributes.get("direction");
      if (way) remark("direction", directionOf(way));
      return;
    }
    const name = attributes.get("shape") ?? "rectangle";
    const found = shapes[name];
    if (!found) this.warnings.push({ message: `The shape “${name}” of “${label}” is read as a rectangle.` });
    const isDouble = attributes.get("style.double-border") === "true";
    let shape = found ?? "rectangle";
    if (shape === "rectangle" && attributes.has("style.border-radius")) shape = "rounded";
    if (shape === "circle" && label === "") shape = isDouble ? "end" : "start";
    else if (isDouble)
      remark(shape === "circle" ? "ring" : "subroutine", shape === "circle" ? "double" : "yes");
    if (Number(attributes.get("style.stroke-width")) >= 4) remark("ring", "thick");
    this.graph.nodes.push(newNode(id, label, { shape, details: rows, group: parent ? ids(parent) : "" }));
  }

  private edgeOf(
    { from, to, operator, statement }: (typeof this.lines)[number],
    ids: (thing: Thing) => string,
  ): Edge {
    const attributes = new Map<string, string>();
    const collect = (statements: readonly Statement[], before: string): void => {
      for (const { targets, value, block, line } of statements) {
        const key = [before, ...(targets[0] ?? [])].filter((part) => part !== "").join(".");
        attributes.set(key, value);
        collect(block, key);
        if (
          !/^(label|style(\.(stroke-dash|stroke-width|stroke))?|(source|target)-arrowhead(\.(label|shape|style|style\.filled))?)$/.test(
            key,
          )
        )
          this.warnings.push({ message: `“${key}” of a line is left out.`, line });
      }
    };
    collect(statement.block, "");
    const end = (side: "source" | "target", isDrawn: boolean): Pick<Edge, "endHead" | "endCount"> => {
      const shape = attributes.get(`${side}-arrowhead.shape`) ?? "";
      const words = attributes.get(`${side}-arrowhead`) || attributes.get(`${side}-arrowhead.label`) || "";
      const count = countOf(words);
      if (count === undefined)
        this.warnings.push({
          message: `The words at the end of a line, “${words}”, are left out.`,
          line: statement.line,
        });
      if (feet[shape]) return { endHead: "none", endCount: feet[shape] };
      const isFilled = attributes.get(`${side}-arrowhead.style.filled`) !== "false";
      return { endHead: isDrawn ? headOf(shape, isFilled) : "none", endCount: count ?? "none" };
    };
    const start = end("source", operator.startsWith("<"));
    return newEdge(ids(from), ids(to), attributes.get("label") ?? statement.value, {
      ...end("target", operator.endsWith(">")),
      startHead: start.endHead,
      startCount: start.endCount,
      line: attributes.has("style.stroke-dash")
        ? "dashed"
        : Number(attributes.get("style.stroke-width")) >= 4
          ? "thick"
          : "solid",
    });
  }

  /** A page called `note1` that hangs on at most one dashed line is a note. */
  private notesOf(edges: readonly Edge[], ids: (thing: Thing) => string): Set<string> {
    const notes = new Set<string>();
    for (const thing of this.things.values()) {
      const id = ids(thing);
      const joined = edges.filter(({ from, to }) => from === id || to === id);
      const isLoose =
        joined.length === 0 ||
        (joined.length === 1 && joined[0]?.line === "dashed" && joined[0].endHead === "none");
      if (thing.attributes.get("shape") !== "page" || !/^note\d+$/i.test(thing.name) || !isLoose) continue;
      notes.add(id);
      const [line] = joined;
      this.graph.notes.push({
        text: thing.label,
        about: line ? (line.from === id ? line.to : line.from) : "",
      });
    }
    return notes;
  }
}

/** A row of a class or a table: `total: Money`, `id: int PK`. */
function rowOf({ targets, value, block }: Statement, { attributes }: Thing): string {
  const name = (targets[0] ?? []).join(".").replace(/^\\(?=#)/, "");
  const constraint = block.find((one) => one.targets[0]?.[0] === "constraint")?.value ?? "";
  const marks = constraint.split(/[[\];\s]+/).flatMap((one) => keys[one] ?? []);
  const isMarked = /\s\{(static|abstract)\}$/.exec(name);
  const head = isMarked ? name.slice(0, isMarked.index) : name;
  const said = value === "" ? head : `${head}: ${value}`;
  const isClass = attributes.get("shape") === "class";
  return [said, ...(isClass && isMarked ? [isMarked[0].trim()] : []), ...marks].join(" ");
}
