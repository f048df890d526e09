import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Graph, Kind, Node } from "../../schema.js";
import { colourValue } from "../colours.js";
import { countOf, type Warning } from "../reading.js";
import { arrowOf, connectionIn, type Line, unquoted, worded } from "./lines.js";

const shapes: Record<string, Node["shape"]> = {
  rectangle: "rectangle",
  card: "rounded",
  usecase: "stadium",
  node: "hexagon",
  queue: "parallelogram",
  database: "cylinder",
  storage: "cylinder",
  file: "document",
  artifact: "document",
  actor: "actor",
  person: "actor",
  component: "rectangle",
  interface: "circle",
  circle: "circle",
  agent: "rectangle",
  boundary: "circle",
  control: "circle",
  entity: "rectangle",
  collections: "rectangle",
  cloud: "rounded",
  folder: "rectangle",
  frame: "rectangle",
  package: "rectangle",
  hexagon: "hexagon",
  stack: "rectangle",
  label: "rectangle",
  process: "rectangle",
};
const containers = new Set([
  "package",
  "namespace",
  "folder",
  "frame",
  "cloud",
  "rectangle",
  "node",
  "component",
  "database",
  "card",
  "storage",
  "artifact",
  "together",
  "hexagon",
  "queue",
  "stack",
  "process",
  "file",
]);
const classWords =
  /^(abstract class|abstract|annotation|class|interface|enum|entity|struct|exception|protocol|metaclass|stereotype|object|map)\b/i;
const named =
  /^(\w+(?: class)?)\s+("[^"]*"|\[[^\]]*\]|\([^()]*\)|:[^:]+:|[^\s{]+)(?:\s+as\s+("[^"]*"|[^\s{]+))?\s*(<<[^<>]*>>)?\s*(#[\w;:.|-]+)?\s*(\{)?$/u;

/** Boxes with or without compartments, in frames, and the lines between them. */
export function boxes(lines: readonly Line[], kind: Kind, warnings: Warning[]): Graph {
  const graph = emptyGraph(kind);
  const frames: string[] = [];
  const aliases = new Map<string, string>();
  let members: Node | undefined;
  let waiting: { about: string; id: string; words: string[] } | undefined;
  const notes = new Map<string, Graph["notes"][number]>();
  const hasClasses = kind === "class" || kind === "er" || kind === "state";

  const lookUp = (text: string): string => {
    const bare = text.replace(/^[[(:](.*)[\]):]$/, "$1").trim();
    const name = unquoted(bare);
    return aliases.get(name) ?? name;
  };
  const ensure = (text: string): string => {
    const id = lookUp(text);
    const isKnown =
      graph.nodes.some((node) => node.id === id) ||
      graph.groups.some((group) => group.id === id) ||
      notes.has(id);
    if (!isKnown) {
      const shape = text.startsWith("(") ? "stadium" : text.startsWith(":") ? "actor" : "rectangle";
      graph.nodes.push(newNode(id, id, { shape, group: frames.at(-1) ?? "" }));
    }
    return id;
  };
  const colour = (about: string, text: string | undefined): void => {
    const value = colourIn(/^#([\w]+)/.exec(text ?? "")?.[1]);
    if (value !== undefined) graph.remarks.push({ about, feature: "colour", value });
  };

  for (const { text, number } of lines) {
    const lost = () => warnings.push({ message: `This is not read: ${text.slice(0, 80)}`, line: number });
    if (waiting) {
      if (/^end ?note$/i.test(text)) {
        addNote(waiting.id, worded(waiting.words.join("\n")), waiting.about);
        waiting = undefined;
      } else waiting.words.push(text);
      continue;
    }
    if (members) {
      if (text === "}") members = undefined;
      else if (!/^(--|\.\.|==|__)(?:.*\1)?$/.test(text)) members.details.push(memberOf(text));
      // A line between compartments can have words in it.
      else if (text.length > 2) lost();
      continue;
    }
    if (text === "}") {
      frames.pop();
      continue;
    }
    if (/^title\b/i.test(text)) {
      graph.title = worded(text.slice(5));
      continue;
    }
    if (/^left to right direction$/i.test(text)) {
      graph.direction = "right";
      continue;
    }
    if (/^(top to bottom direction|hide circle|hide empty members|hide stereotype)$/i.test(text)) continue;
    if (takeNote(text)) continue;
    const found = connectionIn(text);
    const arrow = found && arrowOf(found.arrow);
    if (found && arrow) {
      const counts = [found.startWords, found.endWords].map((words) => {
        const read = countOf(words);
        if (read === undefined)
          warnings.push({ message: `The words “${words}” at the end of a line are left out.`, line: number });
        return read;
      });
      graph.edges.push(
        newEdge(ensure(found.from), ensure(found.to), worded(found.label), {
          ...arrow,
          startCount: counts[0] && counts[0] !== "none" ? counts[0] : arrow.startCount,
          endCount: counts[1] && counts[1] !== "none" ? counts[1] : arrow.endCount,
        }),
      );
      continue;
    }
    if (!declare(text)) lost();
  }
  for (const [id, one] of notes) {
    const joint = graph.edges.find(({ from, to }) => from === id || to === id);
    if (joint) one.about = joint.from === id ? joint.to : joint.from;
    graph.edges = graph.edges.filter((edge) => edge !== joint);
  }
  graph.notes = [...notes.values()];
  return graph;

  function addNote(id: string, words: string, about: string): void {
    notes.set(id === "" ? `\u0000note${notes.size}` : id, { text: words, about });
  }

  /** `note "words" as n`, `note left of a : words`, and those of several lines. */
  function takeNote(text: string): boolean {
    const floating = /^note\s+"([^"]*)"\s+as\s+(\S+)/i.exec(text);
    const beside =
      /^note\s+(?:left|right|top|bottom)(?:\s+of)?\s*([^:]*?)\s*(?:#\w+\s*)?(?::\s*(.*))?$/i.exec(text);
    const block = /^note\s+as\s+(\S+)/i.exec(text);
    if (floating) addNote(floating[2] ?? "", worded(floating[1] ?? ""), "");
    else if (block) waiting = { id: block[1] ?? "", about: "", words: [] };
    else if (beside) {
      const about = beside[1] ? lookUp(beside[1]) : (graph.nodes.at(-1)?.id ?? "");
      if (beside[2] === undefined) waiting = { id: "", about, words: [] };
      else addNote("", worded(beside[2]), about);
    } else return false;
    return true;
  }

  /** A box, a class, or a frame that is opened. */
  function declare(text: string): boolean {
    const short = /^(\[[^\]]*\]|\([^()]*\)|:[^:]+:)(?:\s+as\s+(\S+))?\s*(#\w+)?$/.exec(text);
    if (short) {
      const id = short[2] ?? lookUp(short[1] ?? "");
      aliases.set(unquoted((short[1] ?? "").slice(1, -1)), id);
      const shape = text.startsWith("(") ? "stadium" : text.startsWith(":") ? "actor" : "rectangle";
      graph.nodes.push(
        newNode(id, unquoted((short[1] ?? "").slice(1, -1)), { shape, group: frames.at(-1) ?? "" }),
      );
      colour(id, short[3]);
      return true;
    }
    const head = text.replace(/<([\w, ]+)>(?=\s|$|\{)/, "\u0001$1\u0002");
    const found = named.exec(head);
    if (!found) return false;
    const [, word = "", first = "", second, stereotype = "", fill, brace] = found;
    const keyword = word.toLowerCase();
    const [name, label] =
      second === undefined ? [first, first] : second.startsWith('"') ? [first, second] : [second, first];
    const id = unquoted(name).replace(/\u0001.*?\u0002/, "");
    const title = unquoted(label)
      .replace(/\u0001/g, "<")
      .replace(/\u0002/g, ">")
      .replace(/> $/, ">");
    aliases.set(title, id);
    const isClass = hasClasses && classWords.test(text);
    if (brace && !isClass && containers.has(keyword)) {
      graph.groups.push(newGroup(id, title, frames.at(-1) ?? ""));
      colour(id, fill);
      frames.push(id);
      return true;
    }
    if (!isClass && !shapes[keyword]) return false;
    const mark = stereotypeOf(keyword, stereotype);
    const known = graph.nodes.find((node) => node.id === id);
    const made = known ?? newNode(id, title, { group: frames.at(-1) ?? "" });
    made.label = [...(mark === "" || !isClass ? [] : [`«${mark}»`]), title].join("\n");
    if (!isClass) made.shape = shapes[keyword] ?? "rectangle";
    if (!isClass && /^<<choice>>$/i.test(stereotype)) made.shape = "diamond";
    if (!isClass && title === "" && made.shape === "stadium") made.shape = "start";
    if (!known) graph.nodes.push(made);
    colour(id, fill);
    if (brace) members = made;
    return true;
  }
}

/** What stands behind a number sign: a colour's code or its name. */
export const colourIn = (plain = ""): string | undefined =>
  colourValue(/^[0-9a-f]{6}$|^[0-9a-f]{3}$/i.test(plain) ? `#${plain}` : plain);

function stereotypeOf(keyword: string, stereotype: string): string {
  if (stereotype !== "") return worded(stereotype.replace(/^<<|>>$/g, ""));
  if (keyword.startsWith("abstract")) return "abstract";
  if (keyword === "enum") return "enumeration";
  return ["interface", "annotation", "struct", "exception", "protocol", "metaclass"].includes(keyword)
    ? keyword
    : "";
}

/** `{static} +total: Money` as a row of a compartment. */
function memberOf(text: string): string {
  const isStatic = /\{static\}|\{classifier\}/i.test(text);
  const isAbstract = /\{abstract\}/i.test(text);
  const row = text.replace(/\{(static|classifier|abstract|field|method)\}/gi, "").trim();
  const signed = row.replace(/^([+#~-])\s*/, "$1 ");
  return `${worded(signed)}${isStatic ? " {static}" : ""}${isAbstract ? " {abstract}" : ""}`;
}
