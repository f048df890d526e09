import type { Edge, Graph, Node } from "../../schema.js";
import { edgesOfNodes } from "../../structure.js";
import { labelLines } from "../labels.js";
import { warnOfRemarks } from "../remarks.js";
import {
  appliedName,
  argumentsFor,
  boundTo,
  type GenericName,
  genericName,
  unknownType,
} from "./generics.js";
import { Identifiers, isNamed, type Language, type Style } from "./identifiers.js";
import { type Member, memberOf, type TypeName, typeName } from "./members.js";

/** A class diagram as object-oriented languages see it. */
export interface Program {
  /** Parents stand before their children. */
  classes: Class[];
  /** Types that members name and the picture does not draw. */
  foreign: string[];
}

export interface Class {
  name: string;
  /** As drawn, without its stereotype and its type parameters. */
  label: string;
  /** Its type parameters. */
  generics: string[];
  kind: "class" | "abstract" | "interface" | "enum";
  /** The names of what it inherits and of what it implements. */
  parents: string[];
  interfaces: string[];
  fields: Field[];
  methods: Method[];
}

export interface Field extends Pick<Member, "visibility" | "isStatic"> {
  name: string;
  type: Type;
  /** What stands in the picture, where the code does not say it all. */
  comment: string;
}

export interface Method extends Pick<Member, "visibility" | "isStatic" | "isAbstract"> {
  name: string;
  result: Type | undefined;
  parameters: Array<{ name: string; type: Type }>;
  comment: string;
}

/** What an entry of an enumeration is called in the picture. */
export const enumValue = ({ name, comment }: Field): string => comment || name;

/** A type whose name is declared. */
export type Type = TypeName;

/** A class while it is put together. */
interface Draft extends Class {
  /** The label without its stereotype. */
  title: string;
  rows: string[];
  /** Of its members. */
  names: Identifiers;
  above: Draft[];
}

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

const isBelow = (draft: Draft, ancestor: Draft): boolean =>
  draft === ancestor || draft.above.some((parent) => isBelow(parent, ancestor));

type Inherited = Pick<Class, "fields" | "methods">;

/**
 * What a class must have because of its parents, and has not: what its interfaces promise and no class above has
 * written, and, unless it is abstract itself, the abstract methods above.
 */
function inheritedMembers(draft: Draft, above: ReadonlyMap<Draft, Inherited>): Inherited {
  if (draft.kind === "interface" || draft.kind === "enum") return { fields: [], methods: [] };
  const classes = ancestors(draft).filter(({ kind }) => kind !== "interface");
  const known = new Set([
    ...[...draft.fields, ...draft.methods].map(({ name }) => name),
    ...classes
      .flatMap((one) => [...one.fields, ...one.methods.filter(({ isAbstract }) => !isAbstract)])
      .map(({ name }) => name),
    ...classes
      .flatMap((one) => above.get(one) ?? [])
      .flatMap(({ fields, methods }) => [...fields, ...methods])
      .map(({ name }) => name),
  ]);
  const outer = ancestors(draft).flatMap(({ generics }) => generics);
  const own = (type: Type): Type => boundTo(type, outer, draft.generics);
  const missing = <T extends { name: string }>(members: T[]): T[] =>
    members.filter(({ name }) => !known.has(name) && known.add(name));
  const promised =
    draft.kind === "abstract"
      ? []
      : classes.flatMap(({ methods }) => methods.filter(({ isAbstract }) => isAbstract));
  const interfaces = ancestors(draft).filter(({ kind }) => kind === "interface");
  return {
    fields: missing(interfaces.flatMap(({ fields }) => fields)).map((field) => ({
      ...field,
      type: own(field.type),
    })),
    methods: missing([...promised, ...interfaces.flatMap(({ methods }) => methods)]).map((method) => ({
      ...method,
      result: method.result && own(method.result),
      parameters: method.parameters.map((parameter) => ({ ...parameter, type: own(parameter.type) })),
      isAbstract: false,
    })),
  };
}

const ancestors = (draft: Draft): Draft[] => [
  ...new Set(draft.above.flatMap((parent) => [parent, ...ancestors(parent)])),
];

function parentsFirst(drafts: Draft[]): Draft[] {
  const done = new Set<Draft>();
  const visit = (draft: Draft): void => {
    if (done.has(draft)) return;
    for (const parent of draft.above) visit(parent);
    done.add(draft);
  };
  for (const draft of drafts) visit(draft);
  return [...done];
}

/** @param drafts parents before their children */
function finished(drafts: readonly Draft[]): Class[] {
  const inherited = new Map<Draft, Inherited>();
  for (const draft of drafts) inherited.set(draft, inheritedMembers(draft, inherited));
  return drafts.map((draft) => classOf(draft, inherited.get(draft) ?? { fields: [], methods: [] }));
}

function classOf(draft: Draft, inherited: Inherited): Class {
  const { name, title, kind, fields, methods, above } = draft;
  // What a parent inherits is inherited already; Python refuses to hear it twice.
  const nearest = above.filter((one) => !above.some((other) => other !== one && isBelow(other, one)));
  const implemented = nearest.filter((parent) => parent.kind === "interface" && kind !== "interface");
  return {
    name,
    label: title,
    generics: draft.generics,
    kind,
    parents: nearest.filter((parent) => !implemented.includes(parent)).map((parent) => parent.name),
    interfaces: implemented.map((parent) => parent.name),
    fields: [...fields, ...inherited.fields],
    methods: [...methods, ...inherited.methods],
  };
}
