import { z } from "zod";
import type { Change } from "../../measure/compare/comparison.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Box } from "../../report.js";
import { withoutSecrets } from "../../run/withoutSecrets.js";
import { defineTool } from "../defineTool.js";
import { touches } from "../marks.js";
import { PageNumber, paged } from "../paging.js";
import { coveredIn, coveredWords, lookAt, Path, placeOf, Region } from "../pictures.js";

export const compareScreenshots = defineTool({
  name: "compare_screenshots",
  title: "Compare Screenshots",
  description:
    "Aligns two screenshots of the same screen and says what differs, change by change: added, removed, moved, resized, recoloured, retexted, restyled, with places, colours, contrast and words before and after. What only shifted because something above grew is said once; differences of rendering are counted apart. Returns the picture after with the changes numbered.",
  input: z.object({
    before: Path,
    after: Path,
    ignore: z
      .array(Region)
      .max(50)
      .default([])
      .describe("Places that are not compared, such as a clock; in pixels of the picture after"),
    page: PageNumber,
  }),
  run: async ({ before, after, ignore, page }, context, signal) => {
    const [one, other] = [await lookAt(context, before, signal), await lookAt(context, after, signal)];
    const { languages, languageFolder } = context.settings.measuring;
    const bytes = await other.source.bytes(signal);
    const { comparison, ...sizes } = await context.app.pictures.compare(
      {
        before: { bytes: await one.source.bytes(signal), name: one.source.name },
        after: { bytes, name: other.source.name },
        ignore,
        reading: { languages, languageFolder },
      },
      signal,
    );
    const { changes, noise, scale } = comparison;
    const rows = changes.map((change, index) =>
      changeRow(change, index + 1, one.measurement, other.measurement),
    );
    const { items, about } = paged(withoutSecrets(rows, other.measurement.covered), page);
    const text = {
      before: sizes.before,
      after: sizes.after,
      ...(scale === 1 ? {} : { scale }),
      changes: items,
      ...about,
      differencesOfRendering: noise,
      ...coveredWords(other.measurement),
    };
    if (page > 1) return { text };
    const view = await context.app.pictures.view(
      {
        bytes,
        view: {
          longEdge: 1568,
          cover: coveredIn(other.measurement),
          marks: changes.flatMap(({ after: box }, index) => (box ? [{ number: index + 1, box }] : [])),
        },
      },
      signal,
    );
    return { text, picture: { bytes: view.bytes, mediaType: view.mediaType } };
  },
});

/** A change as agents read it. Words at a place that is covered in either picture are not told. */
function changeRow(change: Change, number: number, before: Measurement, after: Measurement) {
  const { kind, by, colours, contrast, words, style, differing } = change;
  const isCovered = hides(before, change.before) || hides(after, change.after);
  return {
    number,
    kind,
    ...(change.before ? { before: placeOf(change.before) } : {}),
    ...(change.after ? { after: placeOf(change.after) } : {}),
    ...(by ? { by } : {}),
    ...(colours ? { colours } : {}),
    ...(contrast ? { contrast } : {}),
    ...(words && !isCovered ? { words } : {}),
    ...(style ? { style } : {}),
    differing: Math.round(differing * 1000) / 1000,
  };
}

const hides = (measurement: Measurement, box: Box | undefined): boolean =>
  box !== undefined && coveredIn(measurement).some((place) => touches(place, box));
