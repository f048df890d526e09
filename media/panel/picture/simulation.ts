import { html, svg, type TemplateResult } from "lit";

/** Ways of seeing that the picture can be shown in. */
export const simulations = ["none", "protan", "deutan", "tritan", "achromat", "blur"] as const;
export type Simulation = (typeof simulations)[number];

export const simulationWords: Record<Simulation, string> = {
  none: "Original colours",
  protan: "No red cones (protanopia)",
  deutan: "No green cones (deuteranopia)",
  tritan: "No blue cones (tritanopia)",
  achromat: "No colours (achromatopsia)",
  blur: "Blurred (low vision)",
};

/**
 * On linear light, row by row. The first three are severity 1.0 of Machado, Oliveira and Fernandes 2009; the last is
 * WCAG's relative luminance.
 */
export const matrices: Readonly<Record<"protan" | "deutan" | "tritan" | "achromat", readonly number[]>> = {
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
  achromat: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
};

const valuesOf = ([a, b, c, d, e, f, g, h, i]: readonly number[]): string =>
  `${a} ${b} ${c} 0 0  ${d} ${e} ${f} 0 0  ${g} ${h} ${i} 0 0  0 0 0 1 0`;

/** The filters that the stylesheet names. They lie in the page: its policy lets nothing be loaded. */
export const filterDefinitions = (): TemplateResult =>
  html`<svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false">
    ${Object.entries(matrices).map(
      ([name, matrix]) =>
        svg`<filter id="see-${name}" color-interpolation-filters="linearRGB">
          <feColorMatrix type="matrix" values=${valuesOf(matrix)}></feColorMatrix>
        </filter>`,
    )}
    <filter id="see-blur"><feGaussianBlur stdDeviation="2.5"></feGaussianBlur></filter>
  </svg>`;
