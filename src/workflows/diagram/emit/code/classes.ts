import type { Edge, Graph, Node } from "../../schema.js";
import { edgesOfNodes } from "../../structure.js";
import { labelLines } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import { appliedName, argumentsFor, type GenericName, genericName, unknownType } from "./generics.js";
import { Identifiers, isNamed, type Language, type Style } from "./identifiers.js";
import { finished, isBelow, parentsFirst } from "./inheritance.js";
import { memberOf, type TypeName, typeName } from "./members.js";
import type { Class, Draft, Program, Type } from "./program.js";

/**
 * @param style of members and parameters; constants stay in capitals
 * @param warnings receives what classes cannot hold, one sentence each
 */
export function programOf(graph: Graph, style: Style, language: Language, warnings: string[]): Program {
  const names = new Identifiers("Pascal", language);
  const titles = new Set(graph.nodes.map((node) => key(titleOf(node))));
  const isDrawn = (name: string) => titles.has(key(name));
  const drafts = new Map(
    graph.nodes.map((node, index) => [
      node.id,
      draftOf(node, genericName(titleOf(node), isDrawn), names, `Class${index + 1}`, { style, language }),
    ]),
  );
  const declared = new Map([...drafts.values()].map((draft) => [key(draft.title), draft]));
  // What is called so elsewhere is another type.
  for (const generic of new Set([...drafts.values()].flatMap(({ generics }) => generics)))
    names.give(generic, generic);
  const foreign = new Map<string, string>();
  const known = (type: TypeName | undefined, { generics }: Draft): Type => {
    const inside = (one: TypeName | undefined): Type => {
      if (one?.base === "map" && one.of) return { ...one, of: [inside(one.of[0]), inside(one.of[1])] };
      if (one?.base !== "named" || generics.includes(one.name)) return one ?? unknownType;
      const applied = appliedName(one.name);
      const generic = declared.get(key(applied?.base ?? ""));
      if (applied && generic && applied.inside.length === generic.generics.length)
        return { ...one, name: generic.name, args: applied.inside.map((text) => inside(typeName(text))) };
      const found = declared.get(key(one.name));
      if (!found) return foreignType(one);
      const args = argumentsFor(found.generics, generics);
      return { ...one, name: found.name, ...(args.length > 0 ? { args } : {}) };
    };
    return inside(type);
  };
  const foreignType = (type: TypeName): Type => {
    const found = foreign.get(key(type.name));
    if (found !== undefined) return { ...type, name: found };
    if (!/[A-Za-z]/.test(type.name)) return { ...type, base: "unknown" };
    const name = names.give(type.name, "Type");
    foreign.set(key(type.name), name);
    return { ...type, name };
  };
  for (const draft of drafts.values()) addMembers(draft, known, { style, language });
  relate(edgesOfNodes(graph, "code", warnings), drafts, warnings);
  warnOfRemarks(graph, "Code", [], warnings);
  if (graph.groups.length > 0) warnings.push("The packages around classes are left out.");
  if (graph.notes.length > 0) warnings.push("Notes are left out: code has no place for them.");
  return { classes: finished(parentsFirst([...drafts.values()])), foreign: [...foreign.values()] };
}

const key = (text: string): string => text.replace(/\s+/g, "").toLowerCase();

const stereotypes: ReadonlyArray<[Class["kind"], RegExp]> = [
  ["interface", /^(?:«|<<)\s*(interface|protocol|trait)\s*(?:»|>>)$/i],
  ["abstract", /^(?:(?:«|<<)\s*abstract(?: class)?\s*(?:»|>>)|\{\s*abstract\s*\})$/i],
  ["enum", /^(?:«|<<)\s*(enum|enumeration)\s*(?:»|>>)$/i],
];

const stereotypeOf = (row: string) => stereotypes.find(([, pattern]) => pattern.test(row))?.[0];

/** A class's name as it is drawn, without its stereotype, which stands above it or below. */
const titleOf = ({ label }: Node): string =>
  labelLines(label)
    .filter((row) => stereotypeOf(row) === undefined)
    .join(" ");

/** A class without what depends on the others. */
function draftOf(
  { label, details }: Node,
  { base: title, generics }: GenericName,
  names: Identifiers,
  fallback: string,
  { style, language }: MemberNames,
): Draft {
  const rows = details.flatMap(labelLines);
  return {
    name: names.give(title, fallback),
    label,
    generics,
    kind: [...labelLines(label), ...rows].map(stereotypeOf).find((kind) => kind !== undefined) ?? "class",
    interfaces: [],
    parents: [],
    fields: [],
    methods: [],
    title,
    rows: rows.filter((row) => stereotypeOf(row) === undefined),
    names: new Identifiers(style, language, true),
    above: [],
  };
}

interface MemberNames {
  style: Style;
  language: Language;
}

function addMembers(
  draft: Draft,
  known: (type: TypeName | undefined, draft: Draft) => Type,
  { style, language }: MemberNames,
): void {
  for (const [position, row] of draft.rows.entries()) {
    const { name, type, parameters, visibility, isStatic, isAbstract } = memberOf(row);
    const given = draft.names.give(name, `member${position + 1}`);
    const common = {
      name: given,
      visibility,
      isStatic,
      comment: draft.kind !== "enum" && isNamed(name, given) && isPlain(row) ? "" : row,
    };
    if (!parameters) {
      draft.fields.push({ ...common, type: known(type, draft) });
      continue;
    }
    const parameterNames = new Identifiers(style, language);
    draft.methods.push({
      ...common,
      isAbstract,
      result: type && known(type, draft),
      parameters: parameters.map((parameter, index) => ({
        name: parameterNames.give(parameter.name, `argument${index + 1}`),
        type: known(parameter.type, draft),
      })),
    });
    if (isAbstract && draft.kind === "class") draft.kind = "abstract";
  }
}

/** Whether a member's line says nothing that code does not. */
const isPlain = (row: string): boolean =>
  /^[+#~-]?\s*\w+\s*(\([\w\s,:<>[\]?]*\))?\s*(:\s*\w[\w<>[\],? ]*)?(\{(abstract|static)\})?$/.test(row);

/** Hollow triangles are inheritance; other lines but dashed ones are fields. */
function relate(edges: Edge[], drafts: Map<string, Draft>, warnings: string[]): void {
  for (const edge of edges) {
    const from = drafts.get(edge.from);
    const to = drafts.get(edge.to);
    if (!from || !to) continue;
    if (edge.endHead === "triangle") inherit(from, to, warnings);
    else if (edge.startHead === "triangle") inherit(to, from, warnings);
    else if (edge.line === "dashed")
      warnings.push(`That ${from.name} depends on ${to.name} is left out: no member says how.`);
    else {
      // The part is where the arrow points, or away from the diamond.
      const backwards =
        /diamond/i.test(edge.endHead) || (edge.startHead === "arrow" && edge.endHead === "none");
      if (backwards) addPart(to, from, edge.label, edge.startCount);
      else addPart(from, to, edge.label, edge.endCount);
    }
  }
}

function addPart(owner: Draft, part: Draft, label: string, count: Edge["endCount"]): void {
  // What is drawn as an attribute, too, is there already.
  const isDrawn = owner.fields.some(
    ({ type, name }) =>
      type.base === "named" && type.name === part.name && (label.trim() === "" || isNamed(label, name)),
  );
  if (isDrawn) return;
  const list = count === "oneOrMore" || count === "zeroOrMore";
  const fallback = part.name.charAt(0).toLowerCase() + part.name.slice(1) + (list ? "s" : "");
  const name = owner.names.give(label, fallback);
  owner.fields.push({
    name,
    type: {
      base: "named",
      name: part.name,
      list,
      optional: count === "zeroOrOne",
      ...(part.generics.length > 0 ? { args: argumentsFor(part.generics, owner.generics) } : {}),
    },
    visibility: "public",
    isStatic: false,
    comment: isNamed(label, name) ? "" : label,
  });
}

function inherit(child: Draft, parent: Draft, warnings: string[]): void {
  if (child.above.includes(parent)) return;
  const impossible =
    child.kind === "enum" ||
    parent.kind === "enum" ||
    (child.kind === "interface" && parent.kind !== "interface") ||
    isBelow(parent, child);
  if (impossible)
    warnings.push(`That ${child.name} inherits from ${parent.name} is left out: code cannot say it.`);
  else child.above.push(parent);
}
