import { latinOf } from "../../../text/latin.js";
import type { Graph } from "../schema.js";
import { isC4, withTitles } from "./c4Elements.js";
import { labelLines } from "./labels.js";
import { roleNamesOf } from "./roleNames.js";

/** What a text calls a node or a group, by its id in the graph. */
export type Names = (id: string) => string;

/** What a text calls all nodes and groups, by their ids in the graph. */
export const namesById = ({ nodes, groups }: Graph, name: Names): ReadonlyMap<string, string> =>
  new Map([...nodes, ...groups].map(({ id }) => [id, name(id)]));

/** The numbers by which an editor tells a graph's elements apart: n1, n2, … for nodes, g1, g2, … for groups. */
export function numbersOf({ nodes, groups }: Graph): Names {
  const names = new Map<string, string>();
  for (const [index, { id }] of nodes.entries()) names.set(id, `n${index + 1}`);
  for (const [index, { id }] of groups.entries()) names.set(id, `g${index + 1}`);
  return lookup(names);
}

/** How a language wants its identifiers. */
export interface NameRules {
  /** Words that it keeps for itself, in lower case. */
  reserved: ReadonlySet<string>;
  /** `orderReceived`; or `OrderReceived`, as classes and entities are called: there a word alone keeps its case. */
  style: "camel" | "Pascal";
  /** What an earlier text called things, by their ids in this graph; kept where it is usable. */
  earlier?: ReadonlyMap<string, string> | undefined;
}

/**
 * Readable identifiers, each made of a label's first words: `orderReceived`. What has no letter that can be written in
 * Latin is called by what it is, and what is called like something before it has a number behind.
 */
export function idsOf(answer: Graph, { reserved, style, earlier }: NameRules): Names {
  const graph = isC4(answer) ? withTitles(answer) : answer;
  const role = roleNamesOf(graph);
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const all = [
    ...graph.nodes.map((node) => ({ id: node.id, label: node.label, role: () => role.node(node) })),
    ...graph.groups.map((group) => ({ id: group.id, label: group.label, role: () => role.group(group) })),
  ];
  const isKept = (name: string) => reserved.has(name.toLowerCase()) || isNote.test(name);
  for (const { id } of all) {
    const before = earlier?.get(id);
    if (before === undefined || !isIdentifier.test(before)) continue;
    if (isKept(before) || taken.has(before.toLowerCase())) continue;
    names.set(id, before);
    taken.add(before.toLowerCase());
  }
  const give = (id: string, base: string): void => {
    const safe = isKept(base) ? `${base}_` : base;
    let name = safe;
    // Some languages do not tell upper case from lower.
    for (let count = 2; taken.has(name.toLowerCase()); count++)
      name = `${safe}${/\d$/.test(safe) ? "_" : ""}${count}`;
    names.set(id, name);
    taken.add(name.toLowerCase());
  };
  for (const { id, label } of all) {
    const read = names.has(id) ? undefined : readableId(label, style);
    if (read !== undefined) give(id, read);
  }
  for (const { id, role } of all)
    if (!names.has(id)) give(id, style === "Pascal" ? upperFirst(role()) : role());
  return lookup(names);
}

/** What emitters call the notes that stand beside. */
const isNote = /^note\d+$/i;
const isIdentifier = /^[A-Za-z]\w{0,63}$/;

/** Letters and words of an identifier: more than that nobody reads. */
const longest = 32;
const mostWords = 5;

/** @returns undefined when a label has no Latin letter to begin with */
function readableId(label: string, style: NameRules["style"]): string | undefined {
  const words = wordsOf(label);
  const [first, ...others] = words;
  if (first === undefined || !/^[A-Za-z]/.test(first)) return undefined;
  const isAlone = style === "Pascal" && others.length === 0;
  const begun = isAlone ? first : style === "Pascal" ? upperFirst(first) : lowerFirst(first);
  let name = begun.slice(0, longest);
  for (const [index, word] of others.slice(0, mostWords - 1).entries()) {
    // Two numbers in a row, or two words in capitals, would become one.
    const isOne = /[A-Z]{2}$/.test(name) && isCapitals(word) && isCapitals(words[index] ?? "");
    const next = isOne || (/\d$/.test(name) && /^\d/.test(word)) ? `_${word}` : upperFirst(word);
    if (name.length + next.length > longest) break;
    name += next;
  }
  return name;
}

const isCapitals = (word: string): boolean => /^[A-Z0-9_]{2,}$/.test(word);

/** The ASCII words of a label, without accents; a word with an underscore is one. */
function wordsOf(label: string): string[] {
  const plain = latinOf(labelLines(label).join(" "))
    // A stereotype and type parameters are no part of a class's name.
    .replace(/«[^«»]{0,60}»|<<[^<>]{0,60}>>|\{abstract\}|(?<=\w)<[^<>]{0,60}>$/gi, " ");
  // An apostrophe is inside of a word.
  return plain.replace(/['’]/g, "").match(/[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*/g) ?? [];
}

const upperFirst = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
/** A word all in capitals is an abbreviation or a constant: it is made small as a whole, or stays. */
const lowerFirst = (word: string): string =>
  /^[A-Z0-9_]+$/.test(word)
    ? word.toLowerCase()
    : word.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]/, (start) => start.toLowerCase());

function lookup(names: ReadonlyMap<string, string>): Names {
  return (id) => {
    const name = names.get(id);
    if (name === undefined) throw new Error("The graph refers to something that is not in it");
    return name;
  };
}

export const indent = (rows: string[]): string[] => rows.map((text) => (text === "" ? "" : `  ${text}`));
