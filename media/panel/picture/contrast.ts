/** 8-bit sRGB. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * WCAG 2.2 contrast ratio, 1 to 21. The page shares no code with what measures the picture; a test compares the two.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastRatio(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

const linear = (level: number): number => {
  const part = level / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};

/** `#rrggbb`. */
export const hexOf = (colour: Rgb): string =>
  `#${colour.map((level) => level.toString(16).padStart(2, "0")).join("")}`;

/** Cut, not rounded: 4.499 does not pass 4.5. */
export const ratioWords = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
