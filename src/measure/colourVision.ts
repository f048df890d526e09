import { type Colour, encoded, linear, toOklab } from "./colour.js";

/** Ways of seeing without one of the three kinds of cones. */
export const deficiencies = ["protan", "deutan", "tritan"] as const;
export type Deficiency = (typeof deficiencies)[number];

type Row = readonly [number, number, number];

/** Severity 1.0, on linear light. Each row adds up to 1, so that greys stay as they are. */
const matrices: Record<Deficiency, readonly [Row, Row, Row]> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/**
 * How a colour looks to somebody who lacks one kind of cones, as those see it who have all three.
 *
 * @see G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color
 *   Vision Deficiency. IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, table of matrices
 */
export function simulated([red, green, blue]: Colour, deficiency: Deficiency): Colour {
  const [r, g, b] = [linear[red] ?? 0, linear[green] ?? 0, linear[blue] ?? 0];
  const channel = ([ofRed, ofGreen, ofBlue]: Row) => encoded(ofRed * r + ofGreen * g + ofBlue * b);
  const [toRed, toGreen, toBlue] = matrices[deficiency];
  return [channel(toRed), channel(toGreen), channel(toBlue)];
}

/**
 * ΔE OK: 0 for one colour, 1 for black and white; 0.02 can just be seen.
 *
 * @see https://www.w3.org/TR/css-color-4/#color-difference-OK
 */
export function deltaE(one: Colour, other: Colour): number {
  const [a, b] = [toOklab(one), toOklab(other)];
  return Math.hypot(a.lightness - b.lightness, a.a - b.a, a.b - b.b);
}
