const white = 255;
/** A dark ground on which light, transparent artwork (icons for dark themes) is legible. */
const dark = 30;

/** WCAG's weights are enough to tell light content from dark; 0 to 255. */
const lightness = (r: number, g: number, b: number) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/**
 * Puts a picture with alpha on a ground: white, or dark where its content is light.
 *
 * @param rgba 8-bit RGBA, not premultiplied
 * @returns 8-bit RGB of the same size
 */
export function flatten(rgba: Uint8Array): Uint8Array {
  let sum = 0;
  let weight = 0;
  let opaque = true;
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    if (alpha < 255) opaque = false;
    sum += alpha * lightness(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0);
    weight += alpha;
  }
  const ground = !opaque && weight > 0 && sum / weight > 200 ? dark : white;
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = (rgba[from + 3] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel++)
      rgb[to + channel] = Math.round((rgba[from + channel] ?? 0) * alpha + ground * (1 - alpha));
  }
  return rgb;
}
