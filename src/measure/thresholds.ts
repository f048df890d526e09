/**
 * What WCAG 2.2 asks of a text's contrast (1.4.3).
 *
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 */
export const neededContrast = { large: 3, other: 4.5 } as const;

/**
 * From which font size on a text counts as large: 18 points, or 14 points in bold. CSS pixels.
 *
 * @see https://www.w3.org/TR/WCAG22/#dfn-large-scale
 */
export const largeText = { regular: 24, bold: 18.66 } as const;
