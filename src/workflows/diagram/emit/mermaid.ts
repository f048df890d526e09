import { plainText } from "../../../text/plain.js";
import { forestOf, membersByGroup } from "../graph.js";
import type { Edge, Graph, Group, Node, Step } from "../schema.js";

/** A graph as text, and what that language could not hold. */
export interface Emitted {
  text: string;
  /** One sentence each. */
  losses: string[];
}

/**
 * Writes Mermaid. Ids are ours and labels are encoded, so that no text of the picture can become syntax, a
 * directive or a link.
 */
export function emitMermaid(graph: Graph): Emitted {
  const losses: string[] = [];
  const rows = emitters[graph.kind](graph, namesOf(graph), losses);
  return { text: `${rows.map(withoutStyle).join("\n")}\n`, losses };
}

/**
 * Mermaid takes the last semicolon from any line that looks like `style x fill:#fff;` to it, also when that is
 * a label and the semicolon ends an entity.
 */
const withoutStyle = (row: string): string =>
  row.replace(/(?:style|classDef)(?=.*:\S*#.*;)/g, (word) => `#${word.codePointAt(0)};${word.slice(1)}`);

type Names = (id: string) => string;

/** Our own identifier for each node and group: never a word that Mermaid reserves. */
function namesOf({ nodes, groups }: Graph): Names {
  const names = new Map<string, string>();
  for (const [at, { id }] of nodes.entries()) names.set(id, `n${at + 1}`);
  for (const [at, { id }] of groups.entries()) names.set(id, `g${at + 1}`);
  return (id) => {
    const name = names.get(id);
    if (name === undefined) throw new Error("The graph refers to something that is not in it");
    return name;
  };
}

/** Letters and digits of any script, and punctuation that means nothing to Mermaid's grammars. */
const harmless = /[\p{L}\p{M}\p{N} .,'!?/+=_€£§°–—…“”„‘’«»·×]/u;
/** Between quotes, more is plain text; what stays encoded could end the quotes, begin HTML or be an entity. */
const harmlessInQuotes = /[\p{L}\p{M}\p{N} .,'!?/+=_€£§°–—…“”„‘’«»·×(){}:|^-]/u;
/** What stands for a label that is empty: Mermaid wants one. A space that does not break. */
const nothing = "#160;";

/** Every character that could be syntax becomes an entity, which Mermaid turns back when it draws. */
function encode(text: string, plain: RegExp): string {
  let encoded = "";
  for (const character of text.normalize("NFC")) {
    encoded += plain.test(character) ? character : `#${character.codePointAt(0)};`;
  }
  return (
    encoded
      // Some of Mermaid's lexers take "direction LR" for a statement wherever it stands, quotes or not.
      .replace(/(direction) (?=[lrtb])/gi, "$1#32;")
      // Some of its drawers read Markdown in labels: addresses become links, underscores emphasis.
      .replace(/:(?=\/\/)/g, "#58;")
      .replace(/www\./gi, (word) => `${word.slice(0, 3)}#46;`)
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "#95;")
      .replace(
        /^([\d]+)([.)])|^([+=])/,
        (_, number = "", mark = "", sign = "") => `${number}#${(mark || sign).charCodeAt(0)};`,
      )
  );
}

const rowsOf = (text: string): string[] =>
  plainText(text)
    .split("\n")
    .map((row) => row.replace(/\s+/g, " ").trim())
    .filter((row) => row !== "");

/** Text on one line, where nothing encloses it. */
const line = (text: string): string => encode(rowsOf(text).join(" "), harmless) || nothing;

/** Text with its line breaks, where nothing encloses it. */
const lines = (text: string): string =>
  rowsOf(text)
    .map((row) => encode(row, harmless))
    .join("<br/>") || nothing;

/** A quoted text on one line, for the places that know no line breaks. */
const quotedLine = (text: string): string =>
  `"${encode(rowsOf(text).join(" "), harmlessInQuotes) || nothing}"`;

/** A quoted text with its line breaks. */
const quoted = (text: string): string =>
  `"${
    rowsOf(text)
      .map((row) => encode(row, harmlessInQuotes))
      .join("<br/>") || nothing
  }"`;

const indent = (rows: string[]): string[] => rows.map((text) => `  ${text}`);

const directions: Record<Graph["direction"], string> = { right: "LR", down: "TB", left: "RL", up: "BT" };

/** Nodes and groups as nested blocks, each group written by `open` and closed by `close`. */
function nested(
  graph: Graph,
  node: (node: Node) => string[],
  open: (group: Group) => string,
  close: string,
): string[] {
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.flatMap(node),
      ...groups.flatMap((group) => [open(group), ...indent(inside(group.id)), close]),
    ];
  };
  return inside("");
}

/** Remarks that no line of the target holds, as said losses. */
function looseNotes({ notes }: Graph, losses: string[], held: (about: string) => boolean): void {
  for (const { text, about } of notes) {
    if (!held(about)) losses.push(`Mermaid has no place for the remark “${text.replace(/\s+/g, " ")}”.`);
  }
}

const flowchartShapes: Record<Node["shape"], [string, string]> = {
  rectangle: ["[", "]"],
  rounded: ["(", ")"],
  stadium: ["([", "])"],
  circle: ["((", "))"],
  diamond: ["{", "}"],
  hexagon: ["{{", "}}"],
  parallelogram: ["[/", "/]"],
  cylinder: ["[(", ")]"],
  document: ["[", "]"],
  actor: ["([", "])"],
  start: ["((", "))"],
  end: ["(((", ")))"],
};

function flowchartEdge({ line: style, startHead, endHead }: Edge): string {
  const mark = (head: Edge["endHead"], arrow: string) =>
    head === "none" ? "" : head === "circle" ? "o" : head === "cross" ? "x" : arrow;
  const start = mark(startHead, "<");
  const end = mark(endHead, ">");
  const strokes = { solid: ["--", "-"], dashed: ["-.", "-"], thick: ["==", "="] } as const;
  const [stroke, last] = strokes[style];
  return `${start}${stroke}${end === "" ? last : ""}${style === "dashed" && end !== "" ? "-" : ""}${end}`;
}

function flowchart(graph: Graph, name: Names, losses: string[]): string[] {
  const node = ({ id, label: text, shape, details }: Node) => {
    const [open, close] = flowchartShapes[shape];
    return [`${name(id)}${open}${quoted([text, ...details].join("\n"))}${close}`];
  };
  const notes = graph.notes.map(({ text }, at) => `note${at + 1}>${quoted(text)}]`);
  const noteLines = graph.notes.flatMap(({ about }, at) =>
    about === "" ? [] : [`note${at + 1} -.- ${name(about)}`],
  );
  const counted = graph.edges.filter(
    ({ startCount, endCount }) => startCount !== "none" || endCount !== "none",
  ).length;
  if (counted > 0) losses.push(`A flowchart has no multiplicities: those of ${counted} lines are left out.`);
  return [
    `flowchart ${directions[graph.direction]}`,
    ...indent([
      ...nested(graph, node, ({ id, label: text }) => `subgraph ${name(id)}[${quoted(text)}]`, "end"),
      ...graph.edges.map((edge) => {
        const text = edge.label.trim() === "" ? "" : `|${quoted(edge.label)}|`;
        return `${name(edge.from)} ${flowchartEdge(edge)}${text} ${name(edge.to)}`;
      }),
      ...notes,
      ...noteLines,
    ]),
  ];
}

const sequenceArrows: Record<Step["line"], Record<Step["head"], string>> = {
  solid: { arrow: "->>", open: "-)", cross: "-x", none: "->" },
  dashed: { arrow: "-->>", open: "--)", cross: "--x", none: "-->" },
};

function sequence(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, (about) => about !== "");
  if (graph.edges.length > 0)
    losses.push(`${graph.edges.length} lines outside the order of messages are left out.`);
  // A participant can stand in one box only, and boxes cannot be nested.
  const outermost = (id: string): string => {
    const parent = graph.groups.find((group) => group.id === id)?.parent ?? "";
    return parent === "" ? id : outermost(parent);
  };
  const participant = ({ id, label: text, shape }: Node) =>
    `${shape === "actor" ? "actor" : "participant"} ${name(id)} as ${lines(text)}`;
  const inBox = (group: Group) =>
    graph.nodes.filter((node) => node.group !== "" && outermost(node.group) === group.id);
  const boxes = graph.groups.filter((group) => group.parent === "" && inBox(group).length > 0);
  if (graph.groups.length > boxes.length) losses.push("Boxes within boxes, and empty ones, are left out.");
  let depth = 0;
  const steps = graph.steps.map((step) => {
    if (step.kind === "close" || step.kind === "else") depth--;
    const text = `${"  ".repeat(depth)}${sequenceStep(step, name)}`;
    if (step.kind === "open" || step.kind === "else") depth++;
    return text;
  });
  return [
    "sequenceDiagram",
    ...indent([
      ...boxes.flatMap((group) => [
        `box transparent ${line(group.label)}`,
        ...indent(inBox(group).map(participant)),
        "end",
      ]),
      ...graph.nodes.filter(({ group }) => group === "").map(participant),
      ...steps,
      ...graph.notes.flatMap(({ text, about }) =>
        about === "" ? [] : [`Note over ${name(about)}: ${lines(text)}`],
      ),
    ]),
  ];
}

function sequenceStep(step: Step, name: Names): string {
  switch (step.kind) {
    case "message":
      return `${name(step.from)}${sequenceArrows[step.line][step.head]}${name(step.to)}: ${lines(step.text)}`;
    case "note":
      return `Note over ${name(step.from)}${step.to === "" || step.to === step.from ? "" : `,${name(step.to)}`}: ${lines(step.text)}`;
    case "open":
      return `${step.fragment} ${line(step.text)}`;
    case "else":
      return `${step.fragment === "par" ? "and" : "else"} ${line(step.text)}`;
    case "close":
      return "end";
  }
}

const classStarts: Record<Edge["startHead"], string> = {
  none: "",
  arrow: "<",
  triangle: "<|",
  diamond: "o",
  filledDiamond: "*",
  circle: "()",
  cross: "",
};
const classEnds: Record<Edge["endHead"], string> = { ...classStarts, arrow: ">", triangle: "|>" };
const multiplicities: Record<Edge["endCount"], string> = {
  none: "",
  one: ' "1"',
  zeroOrOne: ' "0..1"',
  oneOrMore: ' "1..*"',
  zeroOrMore: ' "0..*"',
};

function classDiagram(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, () => true);
  const node = ({ id, label: text, details }: Node) => {
    const head = `class ${name(id)}[${quotedLine(text)}]`;
    const members = details.filter((detail) => detail.trim() !== "");
    return members.length === 0 ? [head] : [`${head} {`, ...indent(members.map(line)), "}"];
  };
  if (graph.groups.some(({ parent }) => parent !== ""))
    losses.push("Namespaces within namespaces are drawn side by side.");
  const members = membersByGroup(graph);
  const namespaces = graph.groups.flatMap((group) => {
    const { nodes = [] } = members.get(group.id) ?? {};
    return nodes.length === 0
      ? []
      : [`namespace ${name(group.id)}[${quotedLine(group.label)}] {`, ...indent(nodes.flatMap(node)), "}"];
  });
  const edges = graph.edges.map((edge) => {
    const stroke = edge.line === "dashed" ? ".." : "--";
    const arrow = `${classStarts[edge.startHead]}${stroke}${classEnds[edge.endHead]}`;
    const text = edge.label.trim() === "" ? "" : ` : ${line(edge.label)}`;
    return `${name(edge.from)}${multiplicities[edge.startCount]} ${arrow}${multiplicities[edge.endCount]} ${name(edge.to)}${text}`;
  });
  const notes = graph.notes.map(({ text, about }) =>
    about === "" ? `note ${quotedLine(text)}` : `note for ${name(about)} ${quotedLine(text)}`,
  );
  const inNone = (members.get("")?.nodes ?? []).flatMap(node);
  return [
    "classDiagram",
    ...indent([`direction ${directions[graph.direction]}`, ...namespaces, ...inNone, ...edges, ...notes]),
  ];
}

const erStarts: Record<Edge["startCount"], string> = {
  none: "||",
  one: "||",
  zeroOrOne: "|o",
  oneOrMore: "}|",
  zeroOrMore: "}o",
};
const erEnds: Record<Edge["endCount"], string> = {
  none: "||",
  one: "||",
  zeroOrOne: "o|",
  oneOrMore: "|{",
  zeroOrMore: "o{",
};

function er(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, () => false);
  if (graph.groups.length > 0)
    losses.push("Entity diagrams have no groups: those of the picture are left out.");
  return [
    "erDiagram",
    ...indent([
      `direction ${directions[graph.direction]}`,
      ...graph.nodes.flatMap(({ id, label: text, details }) => {
        const head = `${name(id)}[${quotedLine(text)}]`;
        const attributes = details.filter((detail) => detail.trim() !== "").map(erAttribute);
        return attributes.length === 0 ? [head] : [`${head} {`, ...indent(attributes), "}"];
      }),
      ...graph.edges.map(
        (edge) =>
          `${name(edge.from)} ${erStarts[edge.startCount]}${edge.line === "dashed" ? ".." : "--"}${erEnds[edge.endCount]} ${name(edge.to)} : ${quotedLine(edge.label)}`,
      ),
    ]),
  ];
}

/** `type name PK "comment"`: names are plain words there, so what they cannot hold stands in the comment. */
function erAttribute(detail: string, at: number): string {
  const keys = [...new Set(detail.toUpperCase().match(/\b(PK|FK|UK)\b/g) ?? [])];
  const words = detail.replace(/\b(PK|FK|UK)\b/gi, " ").match(/[\p{L}\p{N}_]+/gu) ?? [];
  const asciiWord = (text: string | undefined) =>
    text !== undefined && /^[A-Za-z][A-Za-z0-9_]*$/.test(text) ? text : undefined;
  // Written both ways: "name: type" and "type name".
  const [first, second] = words.length === 2 ? words : [words[0], undefined];
  const typeFirst = !/^\s*\S+\s*:/.test(detail);
  const named = asciiWord(typeFirst && second !== undefined ? second : first) ?? `attribute${at + 1}`;
  const typed = asciiWord(typeFirst ? (second === undefined ? undefined : first) : second) ?? "value";
  return `${typed} ${named}${keys.length > 0 ? ` ${keys.join(", ")}` : ""} ${quotedLine(detail)}`;
}

function state(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, (about) => about !== "");
  const isDot = new Map(graph.nodes.map(({ id, shape }) => [id, shape === "start" || shape === "end"]));
  const at = (id: string) => (isDot.get(id) ? "[*]" : name(id));
  const node = ({ id, label: text, shape, details }: Node): string[] => {
    if (isDot.get(id)) return [];
    if (shape === "diamond" && text.trim() === "") return [`state ${name(id)} <<choice>>`];
    return [
      `state ${quotedLine(text)} as ${name(id)}`,
      ...details.map((detail) => `${name(id)} : ${line(detail)}`),
    ];
  };
  const headless = graph.edges.filter(({ startHead }) => startHead !== "none").length;
  if (headless > 0)
    losses.push(`Transitions have one direction: the second arrowhead of ${headless} is left out.`);
  const groupOf = new Map(graph.nodes.map(({ id, group }) => [id, group]));
  // The dot of a composite state belongs to the inside of it, so its transitions are written there.
  const edgesIn = (group: string) =>
    graph.edges
      .filter(({ from, to }) => {
        const home = isDot.get(from) ? groupOf.get(to) : groupOf.get(from);
        const dotted = isDot.get(from) || isDot.get(to);
        return (dotted ? home : "") === group;
      })
      .map((edge) => {
        const text = edge.label.trim() === "" ? "" : ` : ${line(edge.label)}`;
        return `${at(edge.from)} --> ${at(edge.to)}${text}`;
      });
  const members = membersByGroup(graph);
  const inside = (id: string): string[] => {
    const { nodes = [], groups = [] } = members.get(id) ?? {};
    return [
      ...nodes.flatMap(node),
      ...groups.flatMap((group) => {
        const body = inside(group.id);
        return [
          `state ${quotedLine(group.label)} as ${name(group.id)}${body.length > 0 ? " {" : ""}`,
          ...(body.length > 0 ? [...indent(body), "}"] : []),
        ];
      }),
      ...edgesIn(id),
    ];
  };
  const notes = graph.notes.flatMap(({ text, about }) =>
    about === "" || isDot.get(about) ? [] : [`note right of ${name(about)} : ${line(text)}`],
  );
  return [
    "stateDiagram-v2",
    ...indent([`direction ${directions[graph.direction]}`, ...inside(""), ...notes]),
  ];
}

function mindmap(graph: Graph, name: Names, losses: string[]): string[] {
  looseNotes(graph, losses, () => false);
  if (graph.groups.length > 0) losses.push("Mind maps have no groups: those of the picture are left out.");
  const { roots, children, left } = forestOf(graph);
  if (left.length > 0) losses.push(`A mind map is a tree: ${left.length} further lines are left out.`);
  const labels = graph.edges.filter((edge) => edge.label.trim() !== "").length;
  if (labels > 0) losses.push(`The branches of a mind map have no words: those of ${labels} are left out.`);
  const branch = (node: Node): string[] => [
    `${name(node.id)}[${quoted(node.label)}]`,
    ...indent((children.get(node.id) ?? []).flatMap(branch)),
  ];
  const [root] = roots;
  // A mind map has one root: several trees hang from the drawing's title.
  const tree =
    roots.length === 1 && root
      ? branch(root)
      : [`root[${quoted(graph.title)}]`, ...indent(roots.flatMap(branch))];
  return ["mindmap", ...indent(tree)];
}

const emitters: Record<Graph["kind"], (graph: Graph, name: Names, losses: string[]) => string[]> = {
  flowchart,
  sequence,
  class: classDiagram,
  er,
  state,
  mindmap,
};
