/** The side of the square that one visual token covers, in pixels. */
export const patch = 28;

/** What a model sees of one image before the API would shrink it. */
export interface ImageLimits {
  /** Pixels. */
  longEdge: number;
  visualTokens: number;
  /** How many parts a picture is cut into, where it is to be cut as it was before. */
  parts?: number;
}

/** How large one crop of a picture may be sent: enough for a box with its words and lines, at the picture's own resolution. */
export const cropLimits: ImageLimits = { longEdge: 1092, visualTokens: 400 };

export interface Size {
  width: number;
  height: number;
}

/** ⌈width/28⌉ × ⌈height/28⌉, as the API counts an image. Pixels of the image sent. */
export function visualTokens({ width, height }: Size): number {
  return Math.ceil(width / patch) * Math.ceil(height / patch);
}

export function fits(size: Size, limits: ImageLimits): boolean {
  return Math.max(size.width, size.height) <= limits.longEdge && visualTokens(size) <= limits.visualTokens;
}

function scaledTo(size: Size, longEdge: number): Size {
  const scale = longEdge / Math.max(size.width, size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

/**
 * The largest size of the same shape within the limits, never larger than the picture itself.
 *
 * A picture that must be resized anyway is not given a row or column of patches that would be nearly empty:
 * where the short side reaches less than a quarter into its last patch, it is shrunk to end before it.
 *
 * @param size pixels of the original, upright
 * @returns pixels of the prepared image
 */
export function fitWithin(size: Size, limits: ImageLimits): Size {
  if (fits(size, limits)) return { ...size };
  let low = 1;
  let high = Math.min(limits.longEdge, Math.max(size.width, size.height));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(scaledTo(size, middle), limits)) low = middle;
    else high = middle - 1;
  }
  const largest = scaledTo(size, low);
  const shortSide = Math.min(largest.width, largest.height);
  const overhang = shortSide % patch;
  if (shortSide < patch || overhang === 0 || overhang >= patch / 4) return largest;
  return scaledTo(size, Math.floor(((shortSide - overhang) / shortSide) * low));
}
