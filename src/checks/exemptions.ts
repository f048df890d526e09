import type { Aside } from "../report.js";

interface Exemption {
  /** What it means, for the model. */
  means: string;
  /** The criteria that it lifts; every other one may still hold. */
  lifts: readonly string[];
}

const textContrast = ["1.4.3", "1.4.6"] as const;
const targets = ["2.5.8", "2.5.5"] as const;

/** What WCAG 2.2 does not ask of a mark, by why it is set aside. */
export const exemptions: Record<Aside, Exemption> = {
  disabled: {
    means: "a control that cannot be used now, and its label",
    lifts: [...textContrast, "1.4.11", ...targets],
  },
  logo: { means: "a logo or brand name", lifts: textContrast },
  decoration: { means: "it carries no information", lifts: [...textContrast, "1.4.11"] },
  inert: {
    means: "it lies behind an open dialog, under its scrim",
    lifts: [...textContrast, "1.4.11", ...targets],
  },
  icon: { means: "a glyph, drawing or part of a photo that was taken for text", lifts: textContrast },
  outside: {
    means: "not part of the subject: window frame, browser or system chrome, another window",
    lifts: [...textContrast, "1.4.11", ...targets],
  },
};
