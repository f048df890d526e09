import { boundTo } from "./generics.js";
import type { Class, Draft, Type } from "./program.js";

export const isBelow = (draft: Draft, ancestor: Draft): boolean =>
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

export function parentsFirst(drafts: Draft[]): Draft[] {
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
export function finished(drafts: readonly Draft[]): Class[] {
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
