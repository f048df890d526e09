import { z } from "zod";
import { defineTool } from "../defineTool.js";
import { colourRows, controlRow, defectRows, distanceRows, textRow, touches } from "../marks.js";
import { PageNumber, paged } from "../paging.js";
import { coveredIn, coveredWords, lookAt, Path, placeOf, Region } from "../pictures.js";

/** A region's colours are counted whole, and nothing of it is shown. Pixels. */
const noPicture = 64;

export const measurePicture = defineTool({
  name: "measure_picture",
  title: "Measure Picture",
  description: [
    "Measures a screenshot's pixels: each text with its WCAG contrast ratio, colours, font size (CSS px) and words; each control with its kind, size (CSS px) and the contrast of its boundary; display defects; how good the picture is; pixels for each CSS pixel.",
    "Of a region, also: its colours with their shares and contrasts, which colours are nearer to each other in simulated colour vision than in usual (ΔE OK; 0.02 can just be seen), and the distances from each mark to the next.",
    "A contrast of null could not be measured honestly; `why` says why.",
  ].join(" "),
  input: z.object({ path: Path, region: Region.optional(), page: PageNumber }),
  run: async ({ path, region, page }, context, signal) => {
    const { source, picture, measurement } = await lookAt(context, path, signal);
    const texts = measurement.texts.filter(({ box }) => touches(box, region));
    const controls = measurement.controls.filter(({ box }) => touches(box, region));
    const rows = [
      ...controls.map((mark) => ({ control: controlRow(mark) })),
      ...texts.map((mark) => ({ text: textRow(mark) })),
    ];
    const { items, about } = paged(rows, page);
    const { quality, pixelRatio, unread, illegible } = measurement;
    const colours = region && (await coloursOf());
    return {
      text: {
        name: source.name,
        picture: { width: picture.width, height: picture.height, pixelRatio },
        ...(page === 1
          ? {
              quality: quality.map(({ problem, advice }) => `${problem} ${advice}`),
              ...(unread > 0 ? { unreadLines: unread } : {}),
              ...(illegible === undefined ? {} : { illegible: Math.round(illegible * 100) / 100 }),
              defects: defectRows(measurement, region),
              tinted: (measurement.tinted ?? [])
                .filter(({ box }) => touches(box, region))
                .map(({ text, box, contrast, beside }) => ({
                  mark: text,
                  at: placeOf(box),
                  contrast,
                  beside: beside.text,
                })),
              ...(colours ?? {}),
              ...(region ? { distances: distanceRows([...controls, ...texts], pixelRatio) } : {}),
              ...coveredWords(measurement),
              ...(picture.notes.length > 0 ? { notes: picture.notes } : {}),
            }
          : {}),
        controls: items.flatMap((row) => ("control" in row ? [row.control] : [])),
        texts: items.flatMap((row) => ("text" in row ? [row.text] : [])),
        ...about,
      },
    };

    async function coloursOf() {
      const view = await context.app.pictures.view(
        {
          bytes: await source.bytes(signal),
          view: { region, longEdge: noPicture, cover: coveredIn(measurement), marks: [] },
        },
        signal,
      );
      return { region: placeOf(view.region), ...colourRows(view.colours) };
    }
  },
});
