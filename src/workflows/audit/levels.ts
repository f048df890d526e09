/** The levels of WCAG that can be audited, the usual one first; AA holds A. */
export const levels = ["AA", "AAA"] as const;
export type Level = (typeof levels)[number];
