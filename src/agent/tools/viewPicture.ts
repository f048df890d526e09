import { z } from "zod";
import { defineTool } from "../defineTool.js";
import { coveredIn, coveredWords, lookAt, Path, placeOf, Region } from "../pictures.js";

/** What clients show and models see without shrinking it again. Pixels. */
const usualEdge = 1568;
/** More than this is no picture to look at. Pixels. */
const largestEdge = 8000;

export const viewPicture = defineTool({
  name: "view_picture",
  title: "View Picture",
  description:
    "Shows a picture of any common format (PNG, JPEG, GIF, WebP, AVIF, HEIC, TIFF, SVG, BMP), upright, as PNG or JPEG: the whole, or a region at its own resolution, in which small text stays sharp. Says the picture's size, its pixel ratio and how places in what is shown become places in the original.",
  input: z.object({
    path: Path,
    region: Region.optional(),
    marks: z
      .array(z.string().max(8))
      .max(200)
      .optional()
      .describe("Ids of marks that measure_picture gave, such as T3 or C1, to be drawn into the picture"),
    max_side: z
      .number()
      .int()
      .min(64)
      .max(largestEdge)
      .default(usualEdge)
      .describe("The longer side of what is shown, at most, in pixels; nothing is enlarged"),
  }),
  run: async ({ path, region, marks = [], max_side }, context, signal) => {
    const { source, picture, measurement } = await lookAt(context, path, signal);
    const all = [...measurement.texts, ...measurement.controls];
    const named = marks.map((id, index) => ({
      id,
      number: index + 1,
      box: all.find((mark) => mark.id === id)?.box,
    }));
    const drawn = named.flatMap(({ number, box }) => (box ? [{ number, box }] : []));
    const unknown = named.flatMap(({ id, box }) => (box ? [] : [id]));
    const view = await context.app.pictures.view(
      {
        bytes: await source.bytes(signal),
        view: { region, longEdge: max_side, cover: coveredIn(measurement), marks: drawn },
      },
      signal,
    );
    const { bytes, mediaType, width, height, scale, region: shown } = view;
    return {
      text: {
        name: source.name,
        picture: { width: picture.width, height: picture.height, pixelRatio: measurement.pixelRatio },
        shown: placeOf(shown),
        view: { width, height, scale: Number(scale.toFixed(4)) },
        places: "A place in the original is shown.x + x / scale, shown.y + y / scale.",
        ...(named.length > 0
          ? { marks: Object.fromEntries(named.map(({ number, id }) => [number, id])) }
          : {}),
        ...(unknown.length > 0 ? { unknownMarks: unknown } : {}),
        ...coveredWords(measurement),
        ...(picture.notes.length > 0 ? { notes: picture.notes } : {}),
      },
      picture: { bytes, mediaType },
    };
  },
});
