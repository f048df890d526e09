/**
 * A reader of Structurizr's DSL, written from its reference and as strict as its parser is: it knows a quoted word from
 * a brace or an arrow no better than that does.
 *
 * @see https://docs.structurizr.com/dsl/language
 */

const keywords = ["person", "softwareSystem", "container", "component"] as const;
type ElementKind = (typeof keywords)[number];

export interface ReadElement {
  kind: ElementKind;
  name: string;
  description: string;
  technology: string;
  tags: string[];
  /** The name of the element or of the group directly around it; empty outside of all. */
  within: string;
  /** Whether it is written with braces, around other elements. */
  isFrame: boolean;
}

export interface ReadWorkspace {
  name: string;
  elements: ReadElement[];
  groups: Array<{ name: string; within: string }>;
  /** Between elements, by their names. */
  relations: Array<{ from: string; to: string; description: string; technology: string; tags: string[] }>;
  /** As in `container Shop lr`, with the element's name. */
  views: string[];
  /** As in `element Database shape Cylinder`. */
  styles: string[];
}

type Scope =
  | { is: "file" | "workspace" | "model" | "properties" | "views" | "styles" }
  | { is: "group"; name: string }
  | { is: "element"; element: Known }
  | { is: "view" | "style"; head: string };

interface Known extends ReadElement {
  parent: Known | undefined;
}

/** @throws Error with the line, as Structurizr refuses it */
export function readStructurizr(text: string): ReadWorkspace {
  const reader = new Reader();
  for (const [index, line] of text.split(/\r?\n/).entries())
    try {
      reader.line(line);
    } catch (error) {
      throw new Error(
        `Line ${index + 1}, ${JSON.stringify(line)}: ${error instanceof Error ? error.message : error}`,
      );
    }
  return reader.end();
}

/** As Java trims: no other white space than ASCII's. */
const trimmed = (text: string): string => text.replace(/^[^!-\uffff]+|[^!-\uffff]+$/g, "");

/** A quote ends its word, unless a backslash stands before it. What was quoted is not told from what was not. */
const tokensOf = (line: string): string[] =>
  [...trimmed(line).matchAll(/"((?:[^"]|(?<=\\)")*)(?:"|$)|[^ ]+/g)].map(([token, quoted]) =>
    trimmed((quoted ?? token).replaceAll('\\"', '"')),
  );

class Reader {
  private readonly workspace: ReadWorkspace = {
    name: "",
    elements: [],
    groups: [],
    relations: [],
    views: [],
    styles: [],
  };
  private readonly scopes: Scope[] = [];
  private readonly byId = new Map<string, Known>();
  private readonly known: Known[] = [];
  private readonly related: Array<{ from: Known; to: Known; description: string }> = [];
  private separator = "";

  line(line: string): void {
    if (/^\s*(?:\/\/.*|#.*)?$/.test(line)) return;
    if (line.endsWith("\\")) throw new Error("A backslash goes on in the next line");
    let tokens = tokensOf(line);
    const variable = tokens.find((token) => /\$\{[\w.-]+\}/.test(token));
    if (variable !== undefined) throw new Error(`${variable} is a variable`);
    let id = "";
    if (tokens.length > 3 && tokens[1] === "=") {
      id = tokens[0] ?? "";
      if (!/^\w+$/.test(id)) throw new Error("No identifier");
      tokens = tokens.slice(2);
    }
    if (tokens[0] === "}") {
      if (!this.scopes.pop()) throw new Error("Nothing is open");
      return;
    }
    const opens = tokens.at(-1) === "{";
    const scope = this.statement(opens ? tokens.slice(0, -1) : tokens, id, opens);
    if (opens !== (scope !== undefined)) throw new Error(opens ? "Nothing to open" : "A brace is missing");
    if (scope) this.scopes.push(scope);
  }

  end(): ReadWorkspace {
    if (this.scopes.length > 0) throw new Error("A brace is not closed");
    return this.workspace;
  }

  /** @returns what the statement opens, if anything */
  private statement(tokens: string[], id: string, opens: boolean): Scope | undefined {
    const scope: Scope = this.scopes.at(-1) ?? { is: "file" };
    const [word = "", name = "", third = ""] = tokens;
    const is = (keyword: string) => word.toLowerCase() === keyword.toLowerCase();
    switch (scope?.is) {
      case "file":
        if (!is("workspace")) break;
        this.workspace.name = name;
        return { is: "workspace" };
      case "workspace":
        if (tokens.length !== 1) break;
        if (is("model")) return { is: "model" };
        if (is("views")) return { is: "views" };
        break;
      case "properties":
        if (tokens.length !== 2) break;
        if (word === "structurizr.groupSeparator") this.separator = name;
        return undefined;
      case "views":
        if (is("styles")) return { is: "styles" };
        return { is: "view", head: this.viewHead(tokens) };
      case "view":
        if (is("include") && name === "*" && tokens.length === 2) return undefined;
        if (!is("autoLayout") || !["lr", "tb", "rl", "bt"].includes(name)) break;
        this.workspace.views.push(`${scope.head} ${name}`);
        return undefined;
      case "styles":
        if ((is("element") || is("relationship")) && tokens.length === 2)
          return { is: "style", head: `${word} ${name}` };
        break;
      case "style":
        if (tokens.length !== 2) break;
        this.workspace.styles.push(`${scope.head} ${word} ${name}`);
        return undefined;
      default:
        // An arrow in the second place is a relationship, also where it was quoted.
        if (tokens.length + (opens ? 1 : 0) > 2 && /^(?:--.*)?->$|^-->$/.test(name)) {
          if (name !== "->") throw new Error("No such kind of relationship");
          this.relate(word, third, tokens.slice(3));
          return undefined;
        }
        if (is("properties") && scope.is === "model" && tokens.length === 1) return { is: "properties" };
        if (is("group")) return this.group(name, tokens.length);
        return this.element(tokens, id, opens);
    }
    throw new Error("Unexpected tokens");
  }

  private viewHead([word = "", id, ...rest]: string[]): string {
    if (rest.length > 0) throw new Error("Too many tokens");
    if (word === "systemLandscape" && id === undefined) return word;
    const element = this.byId.get((id ?? "").toLowerCase());
    const wanted = { container: "softwareSystem", component: "container" }[word];
    if (!element || element.kind !== wanted) throw new Error("A view of nothing");
    return `${word} ${element.name}`;
  }

  private get around(): { within: string; parent: Known | undefined; isInGroup: boolean } {
    const inner = this.scopes.at(-1);
    const parent = this.scopes.flatMap((scope) => (scope.is === "element" ? [scope.element] : [])).at(-1);
    const isInGroup = inner?.is === "group";
    return { within: inner?.is === "group" ? inner.name : (parent?.name ?? ""), parent, isInGroup };
  }

  private group(name: string, length: number): Scope {
    if (length !== 2 || name === "") throw new Error("Expected: group <name> {");
    const { within, isInGroup } = this.around;
    if (isInGroup && this.separator === "") throw new Error("Groups in groups need a separator");
    if (this.separator !== "" && name.includes(this.separator)) throw new Error("The name would be cut");
    this.workspace.groups.push({ name, within });
    return { is: "group", name };
  }

  private element(tokens: string[], id: string, isFrame: boolean): Scope | undefined {
    const [word = "", name = "", ...rest] = tokens;
    const kind = keywords.find((keyword) => keyword.toLowerCase() === word.toLowerCase());
    if (!kind) throw new Error("Unexpected tokens");
    const { within, parent } = this.around;
    const wanted = {
      person: undefined,
      softwareSystem: undefined,
      container: "softwareSystem",
      component: "container",
    };
    if (parent?.kind !== wanted[kind]) throw new Error(`A ${kind} cannot stand here`);
    const hasTechnology = kind === "container" || kind === "component";
    if (rest.length > (hasTechnology ? 3 : 2)) throw new Error("Too many tokens");
    if (name === "") throw new Error("A name must be specified");
    const [description = ""] = rest;
    const [technology = "", tags = ""] = hasTechnology ? rest.slice(1) : ["", rest[1]];
    const element: Known = {
      ...{ kind, name, description, technology, within, isFrame, parent },
      tags: tags === "" ? [] : tags.split(","),
    };
    // Names are compared without the signs that stand between names.
    const same = (one: Known) => one.parent === parent && canonical(one.name) === canonical(name);
    if (this.known.some(same)) throw new Error("An element with that name already exists");
    if (id === "" || this.byId.has(id.toLowerCase())) throw new Error("The identifier is already in use");
    this.known.push(element);
    this.byId.set(id.toLowerCase(), element);
    const { parent: _, ...read } = element;
    this.workspace.elements.push(read);
    return isFrame ? { is: "element", element } : undefined;
  }

  private relate(fromId: string, toId: string, rest: string[]): void {
    const [from, to] = [this.byId.get(fromId.toLowerCase()), this.byId.get(toId.toLowerCase())];
    if (!from || !to) throw new Error("The element does not exist");
    if (rest.length > 3) throw new Error("Too many tokens");
    const isWithin = (one: Known, other: Known) => one !== other && chain(one).includes(other);
    if (isWithin(from, to) || isWithin(to, from)) throw new Error("Between parents and children");
    const [description = "", technology = "", tags = ""] = rest;
    const has = (one: Known, other: Known, words?: string) =>
      this.related.some(
        (known) =>
          known.from === one && known.to === other && (words === undefined || words === known.description),
      );
    if (has(from, to, description)) throw new Error("The relationship already exists");
    this.related.push({ from, to, description });
    // What joins two things joins what is around them, where nothing does yet.
    for (const one of chain(from))
      for (const other of chain(to))
        if (one !== other && !isWithin(one, other) && !isWithin(other, one) && !has(one, other))
          this.related.push({ from: one, to: other, description });
    const said = { from: from.name, to: to.name, description, technology };
    this.workspace.relations.push({ ...said, tags: tags === "" ? [] : tags.split(",") });
  }
}

const canonical = (name: string): string => name.toLowerCase().replace(/[./]/g, "");

/** An element and all around it, from the inside out. */
const chain = (element: Known): Known[] => [element, ...(element.parent ? chain(element.parent) : [])];
