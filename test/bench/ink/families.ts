import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { textNeeds } from "../../../src/checks/textContrast.js";
import type { Rgb } from "../../../src/image/palette.js";
import { improvePhoto } from "../../../src/image/photo/photo.js";
import { around } from "../../../src/measure/boxes.js";
import { inkMap, packInk } from "../../../src/measure/ink/inkMap.js";
import { measure } from "../../../src/measure/measure.js";
import { Measurement } from "../../../src/measure/measurement.js";
import type { Box, TextMark } from "../../../src/report.js";
import { parseJson } from "../../../src/text/json.js";
import { similarity } from "../../../src/text/similarity.js";
import { paired } from "../../../src/workflows/diagram/matching.js";
import type { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { pixelsOf, testOcr } from "../../support/measured.js";
import { graphOfBpmn } from "../diagrams/truth/bpmn.js";
import { graphOfMermaid } from "../diagrams/truth/mermaid.js";

/** A picture, what is in it at which place, and what its pixels say. */
export interface KnownInk {
  name: string;
  /** Places are in pixels of the picture. */
  graph: Graph;
  size: { width: number; height: number };
  measurement: Measurement;
}

/** Measuring takes seconds a picture: `kept` is a folder where that is kept, for whoever tries something out. */
export async function measuredInk(name: string, pixels: Rgb, kept: string | undefined): Promise<Measurement> {
  const file = kept === undefined ? undefined : join(kept, `${name}.json`);
  const known =
    file !== undefined && existsSync(file)
      ? Measurement.parse(parseJson(await readFile(file, "utf8")))
      : undefined;
  const { read } = await testOcr();
  const measurement =
    known ??
    (await measure(pixels, {
      read,
      needs: textNeeds,
      pixelRatio: 1,
      jpegQuality: undefined,
      findSecrets: false,
    }));
  if (file !== undefined && kept !== undefined && !known) {
    await mkdir(kept, { recursive: true });
    await writeFile(file, JSON.stringify(measurement));
  }
  return { ...measurement, ink: packInk(inkMap(pixels)) };
}

/** Drawings by hand with their BPMN models. */
export async function* handDrawnInk(folder: string, kept: string | undefined): AsyncGenerator<KnownInk> {
  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith(".bpmn")) continue;
    const name = basename(file, ".bpmn");
    const upright = await pixelsOf(await readFile(join(folder, `${name}.jpg`)));
    const improved = improvePhoto(upright);
    // The places are those of the photo as it was taken.
    const pixels = improved && !improved.board ? improved.pixels : upright;
    const xml = await readFile(join(folder, file), "utf8");
    yield {
      name,
      graph: await graphOfBpmn(xml, Math.max(pixels.width, pixels.height)),
      size: pixels,
      measurement: await measuredInk(name, pixels, kept),
    };
  }
}

/** Rendered flowcharts with their Mermaid text; the places of their nodes are found by colour and by what is read. */
export async function* renderedInk(
  folder: string,
  parser: MermaidParser,
  kept: string | undefined,
): AsyncGenerator<KnownInk> {
  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith(".mmd")) continue;
    const name = basename(file, ".mmd");
    const pixels = await pixelsOf(await readFile(join(folder, `${name}.png`)));
    const measurement = await measuredInk(name, pixels, kept);
    const graph = await graphOfMermaid(await readFile(join(folder, file), "utf8"), parser);
    yield { name, graph: placed(graph, pixels, measurement.texts), size: pixels, measurement };
  }
}

/** Mermaid's own colour of nodes. */
const fill = [0xec, 0xec, 0xff] as const;
/** Smaller patches of it are none. Pixels. */
const leastSide = 14;

function placed(graph: Graph, pixels: Rgb, texts: readonly TextMark[]): Graph {
  const shapes = patchesOf(pixels).map((box) => ({ box, text: wordsIn(box, texts) }));
  const pairs = paired(graph.nodes, shapes, ({ label }, { text }) => similarity(label, text));
  return {
    ...graph,
    nodes: graph.nodes.map((node, index) => {
      const shape = shapes[pairs.get(index) ?? -1];
      return shape ? { ...node, place: { part: 1, ...shape.box } } : node;
    }),
  };
}

const wordsIn = (box: Box, texts: readonly TextMark[]): string =>
  texts
    .filter(({ box: { x, y, width, height } }) => {
      const [middle, centre] = [x + width / 2, y + height / 2];
      return middle > box.x && middle < box.x + box.width && centre > box.y && centre < box.y + box.height;
    })
    .map(({ text }) => text)
    .join(" ");

function patchesOf({ data, width, height }: Rgb): Box[] {
  const isFill = new Uint8Array(width * height);
  for (let index = 0; index < isFill.length; index++)
    isFill[index] = fill.every((level, channel) => Math.abs((data[index * 3 + channel] ?? 0) - level) < 4)
      ? 1
      : 0;
  const boxes: Box[] = [];
  for (let start = 0; start < isFill.length; start++) {
    if (isFill[start] !== 1) continue;
    const patch = [start];
    isFill[start] = 2;
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let at = patch.pop(); at !== undefined; at = patch.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (const to of [x > 0 ? at - 1 : -1, x + 1 < width ? at + 1 : -1, at - width, at + width]) {
        if (isFill[to] !== 1) continue;
        isFill[to] = 2;
        patch.push(to);
      }
    }
    if (right - left > leastSide && bottom - top > leastSide)
      boxes.push(around([{ x: left - 3, y: top - 3, width: right - left + 6, height: bottom - top + 6 }]));
  }
  return boxes.filter((box) => !boxes.some((other) => other !== box && isInside(box, other)));
}

const isInside = (one: Box, other: Box): boolean =>
  one.x >= other.x &&
  one.y >= other.y &&
  one.x + one.width <= other.x + other.width &&
  one.y + one.height <= other.y + other.height;
