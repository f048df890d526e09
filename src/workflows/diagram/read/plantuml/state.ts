import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Graph, Node } from "../../schema.js";
import { colourValue } from "../colours.js";
import type { Warning } from "../reading.js";
import { connectionIn, declaredAs, type Line, unquoted, worded } from "./lines.js";

const declared =
  /^state\s+("[^"]*"|[\p{L}\p{N}_.]+)(?:\s+as\s+("[^"]*"|[\p{L}\p{N}_.]+))?\s*(<<\w+\*?>>)?\s*(#\w+)?\s*(\{)?$/u;

/** States within states, and the transitions between them. */
export function state(lines: readonly Line[], warnings: Warning[]): Graph {
  const graph = emptyGraph("state");
  /** The states that are open, and the regions in them. */
  const open: Array<{ id: string; region: string | undefined; first: number }> = [];
  let waiting: { about: string; words: string[] } | undefined;
  let regions = 0;
  const holder = () => open.at(-1)?.region ?? open.at(-1)?.id ?? "";
  const find = (id: string) => graph.nodes.find((node) => node.id === id);
  const isGroup = (id: string) => graph.groups.some((group) => group.id === id);
  const add = (id: string, label: string, more: Partial<Node> = {}): Node => {
    const known = find(id);
    if (known) return known;
    const made = newNode(id, label, { shape: "rounded", group: holder(), ...more });
    graph.nodes.push(made);
    return made;
  };
  const pseudostate = (about: string, value: string) =>
    graph.remarks.push({ about, feature: "pseudostate", value });
  const endOf = (text: string, isStart: boolean): string => {
    const history = /^(.*)\[(H\*?)\]$/.exec(text);
    if (text === "[*]") {
      const id = `${holder() || "root"}_${isStart ? "start" : "end"}`;
      return add(id, "", { shape: isStart ? "start" : "end" }).id;
    }
    if (history) {
      const [, home = "", sign] = history;
      const id = `${home}_history${sign === "H*" ? "_deep" : ""}`;
      if (!find(id)) {
        add(id, "", { group: home || holder() });
        pseudostate(id, sign === "H*" ? "deepHistory" : "history");
      }
      return id;
    }
    const id = unquoted(text);
    if (!isGroup(id)) add(id, id);
    return id;
  };
  for (const { text, number } of lines) {
    if (waiting) {
      if (/^end ?note$/i.test(text)) {
        graph.notes.push({ text: worded(waiting.words.join("\n")), about: waiting.about });
        waiting = undefined;
      } else waiting.words.push(text);
      continue;
    }
    const declaration = declared.exec(text);
    const beside = /^note\s+(?:left|right|top|bottom)\s+of\s+(\S+)\s*(?::\s*(.*))?$/i.exec(text);
    const floating = /^note\s+"([^"]*)"\s+as\s+\S+/i.exec(text);
    const described = /^([\p{L}\p{N}_.]+)\s*:\s*(.*)$/u.exec(text);
    if (text === "}") open.pop();
    else if (/^title\b/i.test(text)) graph.title = worded(text.slice(5));
    else if (/^left to right direction$/i.test(text)) graph.direction = "right";
    else if (/^top to bottom direction$/i.test(text)) continue;
    else if (/^(--|\|\|)$/.test(text) && open.length > 0) divide();
    else if (declaration) {
      const [, first = "", second, mark = "", fill, brace] = declaration;
      const [id, label] = declaredAs(first, second);
      const kind = mark.replace(/[<>]/g, "").toLowerCase();
      if (brace) {
        graph.nodes = graph.nodes.filter((node) => node.id !== id);
        graph.groups.push(newGroup(id, label, holder()));
        open.push({ id, region: undefined, first: graph.nodes.length });
      } else {
        const made = add(id, label);
        if (second !== undefined || made.label === id) made.label = label;
        if (kind === "choice") Object.assign(made, { shape: "diamond", label: "" });
        else if (kind === "fork" || kind === "join") {
          made.label = "";
          pseudostate(id, kind);
        } else if (kind === "start" || kind === "end") Object.assign(made, { shape: kind, label: "" });
        else if (kind !== "") warnings.push({ message: `“${mark}” is left out.`, line: number });
      }
      const value = colourValue((fill ?? "").replace(/^#(?![0-9a-f]{3}$|[0-9a-f]{6}$)/i, ""));
      if (value !== undefined) graph.remarks.push({ about: id, feature: "colour", value });
    } else if (beside) {
      if (beside[2] === undefined) waiting = { about: beside[1] ?? "", words: [] };
      else graph.notes.push({ text: worded(beside[2]), about: beside[1] ?? "" });
    } else if (floating) graph.notes.push({ text: worded(floating[1] ?? ""), about: "" });
    else {
      const found = connectionIn(text);
      if (found && /-/.test(found.arrow)) {
        const isBackwards = found.arrow.startsWith("<");
        const ends = isBackwards ? [found.to, found.from] : [found.from, found.to];
        const [from, to] = [endOf(ends[0] ?? "", true), endOf(ends[1] ?? "", false)];
        const line = /dashed|dotted/.test(found.arrow) ? "dashed" : "solid";
        graph.edges.push(newEdge(from, to, worded(found.label), { endHead: "arrow", line }));
      } else if (described)
        add(described[1] ?? "", described[1] ?? "").details.push(worded(described[2] ?? ""));
      else warnings.push({ message: `This is not read: ${text.slice(0, 80)}`, line: number });
    }
  }
  return graph;

  /** A line between two regions: what stands before the first is a region, too. */
  function divide(): void {
    const own = open.at(-1);
    if (!own) return;
    if (own.region === undefined) {
      const id = region(own.id);
      for (const node of graph.nodes) if (node.group === own.id) node.group = id;
      for (const group of graph.groups) if (group.parent === own.id && group.id !== id) group.parent = id;
    }
    own.region = region(own.id);
  }

  function region(parent: string): string {
    const id = `region${++regions}`;
    graph.groups.push(newGroup(id, "", parent));
    graph.remarks.push({ about: id, feature: "region", value: "yes" });
    return id;
  }
}
