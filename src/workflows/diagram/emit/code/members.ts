/** What a line in a class or an entity says. */
export interface Member {
  /** As it stands in the picture. */
  drawn: string;
  name: string;
  type: TypeName | undefined;
  /** Of a method; absent for a field. */
  parameters: Array<{ name: string; type: TypeName | undefined }> | undefined;
  visibility: "public" | "protected" | "private";
  isStatic: boolean;
  isAbstract: boolean;
}

export interface TypeName {
  base: "string" | "integer" | "number" | "boolean" | "date" | "void" | "unknown" | "named" | "map";
  /** As it stands in the picture, without what makes it a list or optional. */
  name: string;
  list: boolean;
  optional: boolean;
  /** Of a map: the types of its keys and its values. */
  of?: [TypeName, TypeName] | undefined;
  /** Of a class that has type parameters: what stands for each. */
  args?: TypeName[] | undefined;
}

const visibilities: Record<string, Member["visibility"]> = {
  "+": "public",
  "#": "protected",
  "~": "protected",
  "-": "private",
};

/** Reads UML's `+ total: Money`, `pay(amount: int): void {abstract}`, and Java's `String name`. */
export function memberOf(drawn: string): Member {
  const isMarked = /static|abstract/i.test(drawn);
  const words = isMarked ? drawn.replace(/[{«<]+\s*(static|abstract)\s*[}»>]+/gi, " ").trim() : drawn.trim();
  const sign = /^[+#~-]/.exec(words)?.[0];
  const rest = sign === undefined ? words : words.slice(1).trim();
  const method = /^([^(:]*)\(([^)]*)\)\s*(?::|->)?\s*(.*)$/.exec(rest);
  const common = {
    drawn,
    visibility: visibilities[sign ?? "+"] ?? "public",
    isStatic: isMarked && /static/i.test(drawn),
    isAbstract: isMarked && /abstract/i.test(drawn),
  };
  if (method) {
    const [, head = "", inside = "", after = ""] = method;
    const { name, type } = typedName(head);
    return {
      ...common,
      name,
      type: after.trim() === "" ? type : typeName(after),
      parameters: inside
        // Not those between the brackets of a type.
        .split(/,(?![^<>[\]]{0,80}[>\]])/)
        .filter((part) => part.trim() !== "")
        .map(typedName),
    };
  }
  return { ...common, ...typedName(rest.replace(/=.*$/, "")), parameters: undefined };
}

/** `name: Type`, `Type name` or a name alone. */
function typedName(text: string): { name: string; type: TypeName | undefined } {
  const colon = text.indexOf(":");
  if (colon >= 0) return { name: text.slice(0, colon).trim(), type: typeName(text.slice(colon + 1)) };
  const parts = text.trim().split(/\s+/);
  const name = parts.at(-1) ?? "";
  return { name, type: parts.length === 2 ? typeName(parts[0] ?? "") : undefined };
}

const baseNames: Record<Exclude<TypeName["base"], "named" | "map">, string> = {
  string: "string,str,text,char,varchar,nvarchar,uuid,guid,email,url",
  integer: "int,uint,integer,long,short,byte,bigint,smallint,serial,bigserial",
  number: "number,float,double,decimal,numeric,real",
  boolean: "bool,boolean,bit",
  date: "date,datetime,time,timestamp,timestamptz,instant",
  void: "void,none,unit",
  unknown: "any,object,unknown,json,jsonb",
};
const basesByName = new Map(
  Object.entries(baseNames).flatMap(([base, names]) =>
    names.split(",").map((name) => [name, base as keyof typeof baseNames] as const),
  ),
);

/** `int32`, `Float64` and `varchar2` are what they are without their size. */
const baseOf = (name: string): TypeName["base"] =>
  basesByName.get(name.toLowerCase().replace(/\d+$/, "")) ?? (name === "" ? "unknown" : "named");

export function typeName(text: string): TypeName | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const maybe = /^(?:optional|maybe|option)\s*[<[]\s*(.*?)\s*[>\]]$/i.exec(trimmed)?.[1];
  const optional = /\?$/.test(trimmed) || maybe !== undefined;
  const plain = maybe ?? trimmed.replace(/\?$/, "");
  const [, key, value] =
    /^(?:map|hashmap|dict|dictionary|record)\s*[<[]\s*([\w ]{1,60}),\s*(.{1,120}?)\s*[>\]]$/i.exec(plain) ??
    [];
  const of = [typeName(key ?? ""), typeName(value ?? "")];
  if (of[0] && of[1]) return { base: "map", name: plain, list: false, optional, of: [of[0], of[1]] };
  const inList = /^(?:list|set|array|collection|sequence|seq|vector)\s*[<[]\s*(.*?)\s*[>\]]$/i.exec(
    plain,
  )?.[1];
  const listed = inList ?? /^(.*?)\s*(?:\[[^\]]*\]|\*)$/.exec(plain)?.[1];
  const name = (listed ?? plain).replace(/\(.*\)$/, "").trim();
  return { base: baseOf(name), name, list: listed !== undefined, optional };
}
