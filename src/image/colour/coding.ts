/** Chromaticities (CIE x and y) of white, red, green and blue. */
export interface Primaries {
  white: readonly [number, number];
  red: readonly [number, number];
  green: readonly [number, number];
  blue: readonly [number, number];
}

/** How numbers in a file stand for light. */
export interface Coding {
  primaries: Primaries;
  transfer: Transfer;
  /** Whether 16 to 235 are meant as black to white (of 8 bits). */
  limited?: boolean;
}

export type Transfer = "srgb" | "linear" | "pq" | "hlg" | { gamma: number };

const d65 = [0.3127, 0.329] as const;
export const srgb: Primaries = { white: d65, red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06] };

/** By the numbers of ITU-T H.273, as `nclx` boxes and PNG's cICP chunk give them. Those of television are near sRGB. */
const primariesByCode: Record<number, Primaries> = {
  4: { white: [0.31, 0.316], red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08] },
  5: { white: d65, red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06] },
  6: { white: d65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] },
  7: { white: d65, red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07] },
  9: { white: d65, red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046] },
  11: { white: [0.314, 0.351], red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
  12: { white: d65, red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06] },
};

const transferByCode: Record<number, Transfer> = {
  4: { gamma: 2.2 },
  5: { gamma: 2.8 },
  8: "linear",
  16: "pq",
  18: "hlg",
};

/** Numbers of H.273 as a coding; what they do not say is taken as sRGB. */
export const codingOf = (primaries: number, transfer: number, limited = false): Coding => ({
  primaries: primariesByCode[primaries] ?? srgb,
  transfer: transferByCode[transfer] ?? "srgb",
  limited,
});

/** Whether pixels can be shown as they are. */
export const isSrgb = ({ primaries, transfer, limited }: Coding): boolean =>
  primaries === srgb && transfer === "srgb" && limited !== true;

export const noteOnCoding = ({ transfer }: Coding): string[] =>
  transfer === "pq" || transfer === "hlg"
    ? [
        `The picture is HDR (${transfer.toUpperCase()}) and was looked at as an ordinary screen would show it; how bright its colours are, and so their contrast, is not what was measured.`,
      ]
    : [];
