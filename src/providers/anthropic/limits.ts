import type { ImageLimits } from "../../image/limits.js";

/**
 * Limits by model family, first match wins: Claude 4.7 and later see 2,576 px and 4,784 tokens, older ones
 * 1,568 px and 1,568 tokens (platform documentation, autumn 2026). The table may be wrong for a new model:
 * every request asks for an error instead of a silent downsize, and the error names the size that fits.
 */
const families: ReadonlyArray<[RegExp, ImageLimits]> = [
  [/^claude-(3|instant|2)/, { longEdge: 1568, visualTokens: 1568 }],
  [/^claude-\w+-4(-[0-6])?(-\d{8})?$/, { longEdge: 1568, visualTokens: 1568 }],
  [/^claude-\w+-4-[7-9]/, { longEdge: 2576, visualTokens: 4784 }],
  [/^claude-\w+-([5-9]|\d\d)/, { longEdge: 2576, visualTokens: 4784 }],
];

/** The limits that every model meets. */
export const smallestLimits: ImageLimits = { longEdge: 1568, visualTokens: 1568 };

/** What a model sees of an image. */
export function limitsFor(model: string): ImageLimits {
  return families.find(([pattern]) => pattern.test(model))?.[1] ?? smallestLimits;
}
