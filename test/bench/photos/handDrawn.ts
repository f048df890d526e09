import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Rgb } from "../../../src/image/palette.js";
import type { Point } from "../../../src/image/photo/quad.js";
import { pixelsOf } from "../../support/measured.js";

/** A picture of a drawing, with what is drawn in it. */
export interface KnownDrawing {
  name: string;
  pixels: Rgb;
  /** The middle of everything that is drawn. Pixels of the picture. */
  middles: Point[];
}

/** The longer side of the picture on which the shapes' bounds were drawn, where the file does not say. */
const usualBackground = 1000;

/** Pictures of a folder with a BPMN model of the same name beside each, as those of hdBPMN. */
export async function* handDrawn(folder: string): AsyncGenerator<KnownDrawing> {
  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith(".bpmn")) continue;
    const name = basename(file, ".bpmn");
    const pixels = await pixelsOf(await readFile(join(folder, `${name}.jpg`)));
    const model = await readFile(join(folder, file), "utf8");
    const background = Number(/"backgroundSize":\s*(\d+)/.exec(model)?.[1] ?? usualBackground);
    const scale = Math.max(pixels.width, pixels.height) / background;
    yield { name, pixels, middles: middlesIn(model).map(({ x, y }) => ({ x: x * scale, y: y * scale })) };
  }
}

function middlesIn(model: string): Point[] {
  // What stands before the first shape is none.
  return model
    .split("<bpmndi:BPMNShape")
    .slice(1)
    .flatMap((shape) => {
      const bounds = /Bounds ([^>]{0,200})>/.exec(shape)?.[1] ?? "";
      const [x, y, width, height] = ["x", "y", "width", "height"].map((side) =>
        Number(new RegExp(`(?:^| )${side}="([^"]*)"`).exec(bounds)?.[1]),
      );
      return x === undefined || y === undefined || width === undefined || height === undefined
        ? []
        : [{ x: x + width / 2, y: y + height / 2 }];
    });
}
