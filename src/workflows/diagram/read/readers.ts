import { UserError } from "../../../errors.js";
import type { ReadVerdict } from "../mermaidParser.js";
import type { Reading } from "./reading.js";

/** What readers need beside the text. */
export interface ReadTools {
  /** Mermaid's own parser. */
  readMermaid(text: string): Promise<ReadVerdict>;
}

/** A language that diagrams are read from. */
export interface Reader {
  title: string;
  /** The endings of its files. */
  endings: readonly string[];
  /** What a fence of Markdown is called. */
  fences: readonly string[];
  /** @throws Error when the text is not valid, or holds no diagram that a graph can hold */
  read(text: string, tools: ReadTools): Promise<Reading>;
}

/** A new language is one entry and one file. Each is loaded when it is used. */
export const readers: readonly Reader[] = [
  {
    title: "Mermaid",
    endings: ["mmd", "mermaid"],
    fences: ["mermaid"],
    read: async (text, { readMermaid }) => {
      const verdict = await readMermaid(text);
      if (!verdict.valid) throw new Error(verdict.message);
      return verdict.reading;
    },
  },
  {
    title: "PlantUML",
    endings: ["puml", "plantuml"],
    fences: ["plantuml", "puml"],
    read: async (text) => (await import("./plantuml/plantuml.js")).readPlantUml(text),
  },
  {
    title: "Graphviz DOT",
    endings: ["dot", "gv"],
    fences: ["dot", "graphviz", "gv"],
    read: async (text) => (await import("./dot/dot.js")).readDot(text),
  },
  {
    title: "D2",
    endings: ["d2"],
    fences: ["d2"],
    read: async (text) => (await import("./d2/d2.js")).readD2(text),
  },
  {
    title: "draw.io",
    endings: ["drawio"],
    fences: [],
    read: async (text) => (await import("./drawio/drawio.js")).readDrawio(text),
  },
  {
    title: "Excalidraw",
    endings: ["excalidraw"],
    fences: [],
    read: async (text) => (await import("./excalidraw.js")).readExcalidraw(text),
  },
];

export const readerEndings: readonly string[] = readers.flatMap(({ endings }) => endings);

/** The reader for a file, by its ending. */
export const readerForFile = (name: string): Reader | undefined =>
  readers.find(({ endings }) => endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`)));

/** The reader for a fence of Markdown, by the first word behind it. */
export const readerForFence = (info: string): Reader | undefined =>
  readers.find(({ fences }) => fences.includes(info.trim().split(/\s/)[0]?.toLowerCase() ?? ""));

/** Larger texts are no diagram that a person has drawn. Bytes. */
export const largestText = 1024 * 1024;

/**
 * Reads a text as a graph.
 *
 * @param name as errors call the text
 * @throws UserError when it is too large or cannot be read
 */
export async function readDiagram(
  text: string,
  reader: Reader,
  name: string,
  tools: ReadTools,
): Promise<Reading> {
  if (Buffer.byteLength(text) > largestText)
    throw new UserError({
      code: "wrongInput",
      problem: "The diagram's text is larger than 1 MB.",
      advice: "Split it into several diagrams.",
      picture: name,
    });
  try {
    return await reader.read(text, tools);
  } catch (error) {
    throw new UserError({
      code: "wrongInput",
      problem: `This is no diagram in ${reader.title} that can be converted: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`,
      advice: "Correct the text, and convert it again.",
      picture: name,
      cause: error,
    });
  }
}
