import sharp from "sharp";

/** The loaders of the formats that we read, from memory only: a loader given a path reads its neighbours. */
const loaders = [
  "JpegBuffer",
  "PngBuffer",
  "NsgifBuffer",
  "WebpBuffer",
  "HeifBuffer",
  "TiffBuffer",
  "SvgBuffer",
];

sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: loaders.map((loader) => `VipsForeignLoad${loader}`) });
// Every picture is read once: a cache of operations would only hold memory.
sharp.cache(false);

export { sharp };
