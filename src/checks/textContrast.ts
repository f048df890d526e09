import type { TextNeeds } from "../measure/verdict.js";

/**
 * What WCAG 2.2 asks of a text's contrast: 4.5:1, or 3:1 from 18 points on, or from 14 points on in bold.
 *
 * @see https://www.w3.org/TR/WCAG22/#contrast-minimum
 * @see https://www.w3.org/TR/WCAG22/#dfn-large-scale
 */
export const textNeeds: TextNeeds = { large: 3, other: 4.5, largeFrom: { regular: 24, bold: 18.66 } };
