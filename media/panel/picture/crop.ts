import { nothing } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";
import type { PanelPicture } from "../../../src/protocol/panel.js";
import type { Box } from "../../../src/report.js";

interface Crop {
  picture: PanelPicture;
  /** What is shown, in pixels of the original; as much around it as the canvas has room for. */
  box: Box;
  /** CSS pixels. */
  width: number;
  height: number;
  /** CSS pixels for each pixel of the original at the most. */
  mostScale: number;
}

/** Draws a part of the picture into a canvas, from the images that the page shows: nothing is sent again for it. */
class CropDirective extends Directive {
  private key = "";

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("crop() belongs on a canvas");
  }

  override render(_crop: Crop): unknown {
    return nothing;
  }

  override update({ element }: ElementPart, [crop]: [Crop]): unknown {
    const { box, width, height, picture, mostScale } = crop;
    const sources = picture.parts.map(({ src }) => `${src.length}:${src.slice(-32)}`);
    const key = JSON.stringify([box, width, height, mostScale, sources]);
    if (key === this.key || !(element instanceof HTMLCanvasElement)) return nothing;
    this.key = key;
    element.width = Math.round(width * devicePixelRatio);
    element.height = Math.round(height * devicePixelRatio);
    // The images are drawn with the page, perhaps after this.
    requestAnimationFrame(() => void drawCrop(element, crop));
    return nothing;
  }
}

export const crop = directive(CropDirective);

async function drawCrop(
  canvas: HTMLCanvasElement,
  { picture, box, width, height, mostScale }: Crop,
): Promise<void> {
  const view = viewAround(box, width, height, mostScale);
  const context = canvas.getContext("2d");
  if (!context) return;
  const scale = canvas.width / view.width;
  for (const [index, image] of partImages().entries()) {
    const part = picture.parts[index];
    if (!part || !(await isLoaded(image))) continue;
    context.drawImage(
      image,
      (part.left - view.x) * scale,
      (part.top - view.y) * scale,
      part.width * scale,
      part.height * scale,
    );
  }
}

/** The part of the picture that a canvas shows around a box, in pixels of the original. */
export function viewAround(box: Box, width: number, height: number, mostScale: number): Box {
  const margin = 6;
  const scale = Math.min(mostScale, width / (box.width + 2 * margin), height / (box.height + 2 * margin));
  const size = { width: width / scale, height: height / scale };
  return {
    x: box.x + box.width / 2 - size.width / 2,
    y: box.y + box.height / 2 - size.height / 2,
    ...size,
  };
}

/** The images of the picture's parts, in their order. */
export const partImages = (): HTMLImageElement[] => [
  ...document.querySelectorAll<HTMLImageElement>(".canvas img"),
];

/** Waits until an image can be drawn; false when it never can. */
export const isLoaded = (image: HTMLImageElement): Promise<boolean> =>
  image.decode().then(
    () => true,
    () => false,
  );
