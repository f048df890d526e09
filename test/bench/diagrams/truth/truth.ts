import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { parseJson } from "../../../../src/text/json.js";
import { MermaidParser } from "../../../../src/workflows/diagram/mermaidParser.js";
import { Graph } from "../../../../src/workflows/diagram/schema.js";
import { graphOfBpmn } from "./bpmn.js";
import { graphOfMermaid } from "./mermaid.js";

export interface KnownTruth {
  name: string;
  /** The picture's file, in the same folder. */
  picture: string;
  truth: Graph;
}

/** What may stand beside a picture `NAME.jpg`: the true graph itself, or a text that it is read from. */
const endings = [".graph.json", ".mmd", ".bpmn"] as const;

/** The pictures of a folder that have a truth beside them. */
export async function* truthsIn(folder: string): AsyncGenerator<KnownTruth> {
  const parser = new MermaidParser("./dist/mermaidWorker.js");
  const files = (await readdir(folder)).sort();
  for (const file of files) {
    const ending = endings.find((one) => file.endsWith(one));
    if (ending === undefined) continue;
    const name = file.slice(0, -ending.length);
    const picture = files.find(
      (other) => other.startsWith(`${name}.`) && /\.(jpe?g|png|webp|svg)$/i.test(other),
    );
    if (picture === undefined) continue;
    const text = await readFile(join(folder, file), "utf8");
    yield { name, picture, truth: await read(text, ending, join(folder, picture), parser) };
  }
  parser.dispose();
}

async function read(
  text: string,
  ending: (typeof endings)[number],
  picture: string,
  parser: MermaidParser,
): Promise<Graph> {
  if (ending === ".graph.json") return Graph.parse(parseJson(text));
  if (ending === ".mmd") return graphOfMermaid(text, parser);
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  return graphOfBpmn(text, Math.max(width, height));
}
