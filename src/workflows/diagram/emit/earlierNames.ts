import { similarity } from "../../../text/similarity.js";
import { paired } from "../matching.js";
import type { Graph } from "../schema.js";
import { labelLines } from "./labels.js";

/** A name in a text, and the label that it stands for. */
interface Declared {
  name: string;
  label: string;
}

/** More than that is no diagram that a person keeps by hand. */
const mostRows = 2000;
const mostNames = 500;
const longestRow = 1000;

/**
 * What an earlier text of a drawing calls the nodes and groups of a graph: those whose labels are alike. The text may
 * have been edited by hand, in Mermaid, PlantUML, DOT or D2.
 *
 * @returns names by the ids of the graph
 */
export function earlierNames(rows: readonly string[], { nodes, groups }: Graph): ReadonlyMap<string, string> {
  const things = [...nodes, ...groups].map(({ id, label }) => ({ id, label: labelLines(label).join(" ") }));
  const declared = rows.slice(0, mostRows).flatMap(declaredIn).slice(0, mostNames);
  // The first place that names something is where it is declared.
  const known = [...new Map([...declared].reverse().map((one) => [one.name, one])).values()].reverse();
  const pairs = paired(things, known, (thing, one) => similarity(thing.label, one.label));
  return new Map(
    [...pairs].flatMap(([index, to]): Array<[string, string]> => {
      const [thing, found] = [things[index], known[to]];
      return thing && found ? [[thing.id, found.name]] : [];
    }),
  );
}

/** `"Web shop" as shop`: states of Mermaid, and PlantUML. */
const labelFirst = /"([^"]*)" as ([A-Za-z]\w*)/g;
/** `shop["Web shop"]`, `shop([label="Web shop"` and `shop@{ shape: doc, label: "Web shop" }`. */
const nameFirst = /\b([A-Za-z]\w*)(?:[[({>/\\]{1,3}|@\{[^"]{0,40}| \[label=)"([^"]*)"/g;
/** `participant shop as Web shop`, and D2's `shop: Web shop {`. */
const unquoted =
  /^\s*(?:create )?(?:(?:participant|actor) ([A-Za-z]\w*) as|([A-Za-z]\w*):) ([^"{]+?)(?: \{.*)?$/;
/** What is called as it reads: `class Order {`. */
const bare =
  /^\s*(?:create )?(?:(?:class|participant|actor|state|namespace|entity|interface) )?([A-Za-z]\w*)(?: \{)?;?$/;

function declaredIn(text: string): Declared[] {
  const row = text.slice(0, longestRow);
  const isLine = /->|--|\.\.|==/.test(row.replace(/"[^"]*"/g, '""'));
  const all = [
    ...[...row.matchAll(labelFirst)].map(([, label = "", name = ""]) => ({ name, label })),
    // The label of a line in DOT stands behind the name of its end.
    ...(isLine && row.includes("[label=")
      ? []
      : [...row.matchAll(nameFirst)].map(([, name = "", label = ""]) => ({ name, label }))),
  ];
  const [, participant, key, words = ""] = isLine ? [] : (unquoted.exec(row) ?? []);
  const name = participant ?? key;
  if (name !== undefined) all.push({ name, label: words });
  const [, alone] = bare.exec(row) ?? [];
  if (alone !== undefined) all.push({ name: alone, label: alone });
  return all.map((one) => ({ ...one, label: plain(one.label) }));
}

/** A label without line breaks and entities of the languages. */
const plain = (label: string): string =>
  label
    .replace(/<br\s*\/?>|\\[nlr]/g, " ")
    .replace(/#(\d{1,7});|<U\+([0-9A-F]{1,6})>/g, (_, decimal?: string, hex?: string) => {
      const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "";
    })
    .trim();
