import type { TypeName } from "./members.js";

/** A class's name, and what stands in for types in it: `Repository<T>` has `T`. */
export interface GenericName {
  base: string;
  generics: string[];
}

/** @param isDrawn whether a name is that of another class, of which it is then an argument and no parameter */
export function genericName(title: string, isDrawn: (name: string) => boolean): GenericName {
  const [, base = "", inside = ""] = /^([^<>]*[^<>\s])\s*<([\w, ]{1,60})>$/.exec(title) ?? [];
  const generics = inside.split(",").map((name) => name.trim());
  const isGeneric =
    base !== "" &&
    new Set(generics).size === generics.length &&
    generics.every((name) => /^[A-Z][A-Za-z0-9]*$/.test(name) && !isDrawn(name));
  return isGeneric ? { base, generics } : { base: title, generics: [] };
}

/** `Page<Order, Map<K, V>>` as its name and the texts of its arguments; undefined for what has none. */
export function appliedName(text: string): { base: string; inside: string[] } | undefined {
  const [, base, inside] = /^([\w ]{1,60}?)\s*<(.{1,200})>$/.exec(text) ?? [];
  if (base === undefined || inside === undefined) return undefined;
  const parts = [""];
  let depth = 0;
  for (const sign of inside) {
    if (sign === "<") depth++;
    if (sign === ">") depth--;
    if (sign === "," && depth === 0) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${sign}`);
  }
  return { base, inside: parts.map((part) => part.trim()) };
}

export const unknownType: TypeName = { base: "unknown", name: "", list: false, optional: false };

/** What a class says of another's parameters: its own of the same name, or nothing. */
export const argumentsFor = (outer: readonly string[], own: readonly string[]): TypeName[] =>
  outer.map((name) => (own.includes(name) ? { ...unknownType, base: "named", name } : unknownType));

/** A type of a class above, or of another class, as a class sees it that does not have all of its parameters. */
export function boundTo(type: TypeName, outer: readonly string[], own: readonly string[]): TypeName {
  if (type.base === "named" && outer.includes(type.name) && !own.includes(type.name))
    return { ...type, base: "unknown", name: "" };
  const { of, args } = type;
  return {
    ...type,
    ...(of ? { of: [boundTo(of[0], outer, own), boundTo(of[1], outer, own)] } : {}),
    ...(args ? { args: args.map((one) => boundTo(one, outer, own)) } : {}),
  };
}
