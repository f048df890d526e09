import type { Identifiers } from "./identifiers.js";
import type { Member, TypeName } from "./members.js";

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

/** A type whose name is declared. */
export type Type = TypeName;

/** A class while it is put together. */
export interface Draft extends Class {
  /** The label without its stereotype. */
  title: string;
  rows: string[];
  /** Of its members. */
  names: Identifiers;
  above: Draft[];
}

/** What an entry of an enumeration is called in the picture. */
export const enumValue = ({ name, comment }: Field): string => comment || name;
