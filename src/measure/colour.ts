/** 8-bit sRGB. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The light that a level of sRGB stands for, 0 to 1. */
export const linear = Float64Array.from({ length: 256 }, (_, value) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

/**
 * WCAG 2.2 relative luminance, 0 to 1.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
 */
export function luminance([red, green, blue]: Colour): number {
  return 0.2126 * (linear[red] ?? 0) + 0.7152 * (linear[green] ?? 0) + 0.0722 * (linear[blue] ?? 0);
}

/**
 * WCAG 2.2 contrast ratio, 1 to 21.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastRatio(one: Colour, other: Colour): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** How far two colours are apart in the channel in which they differ the most. Levels of 255. */
export const differenceOf = (one: Colour, other: Colour): number =>
  Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1]), Math.abs(one[2] - other[2]));

/** `#rrggbb`. */
export const hex = (colour: Colour): string =>
  `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

/** What `hex` has written. */
export function fromHex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Brightness as JPEG keeps it (ITU-R BT.601), of a colour or of a difference of two; levels of 255. */
export const brightnessOf = (red: number, green: number, blue: number): number =>
  0.299 * red + 0.587 * green + 0.114 * blue;

export const clampChannel = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

/**
 * The nearest colour of the same hue that passes on a ground: as much lighter or darker as it takes, and no more,
 * by OKLCH's lightness.
 *
 * @param needed the WCAG contrast ratio to reach, at most 4.5: black or white reaches that on every ground
 * @see https://www.w3.org/TR/css-color-4/#ok-lab
 */
export function nearestPassing(colour: Colour, ground: Colour, needed: number): Colour {
  const { lightness, ...hue } = toOklab(colour);
  // Greys have no hue: what is left of one is rounding.
  const [a, b] = Math.hypot(hue.a, hue.b) < 0.004 ? [0, 0] : [hue.a, hue.b];
  const candidates = [0, 1].flatMap((end): Array<{ change: number; colour: Colour }> => {
    let [fails, passes] = [lightness, end];
    if (contrastRatio(withLightness(end, a, b), ground) < needed) return [];
    for (let step = 0; step < 24; step++) {
      const middle = (fails + passes) / 2;
      if (contrastRatio(withLightness(middle, a, b), ground) < needed) fails = middle;
      else passes = middle;
    }
    return [{ change: Math.abs(passes - lightness), colour: withLightness(passes, a, b) }];
  });
  return candidates.sort((one, other) => one.change - other.change)[0]?.colour ?? colour;
}

/** As much of the hue as the lightness leaves room for in sRGB. */
function withLightness(lightness: number, a: number, b: number): Colour {
  let [inside, outside] = [0, 1];
  if (isInGamut(fromOklab(lightness, a, b))) inside = 1;
  for (let step = 0; step < 12 && inside < 1; step++) {
    const middle = (inside + outside) / 2;
    if (isInGamut(fromOklab(lightness, a * middle, b * middle))) inside = middle;
    else outside = middle;
  }
  const [red, green, blue] = fromOklab(lightness, a * inside, b * inside);
  return [encoded(red), encoded(green), encoded(blue)];
}

const isInGamut = (channels: readonly number[]): boolean =>
  channels.every((value) => value >= -1e-4 && value <= 1 + 1e-4);

/** @see https://www.w3.org/TR/css-color-4/#ok-lab */
export function toOklab([red, green, blue]: Colour): { lightness: number; a: number; b: number } {
  const [r, g, b] = [linear[red] ?? 0, linear[green] ?? 0, linear[blue] ?? 0];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

/** Linear light, 0 to 1 when sRGB holds it. */
function fromOklab(lightness: number, a: number, b: number): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** The level of sRGB that stands for that light; what lies outside of 0 to 1 is cut off. */
export const encoded = (value: number): number =>
  clampChannel(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * Math.max(0, value) ** (1 / 2.4) - 0.055));
