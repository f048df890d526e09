import type { Aside } from "../report.js";

const textContrast = ["1.4.3", "1.4.6"] as const;
const inactive = [...textContrast, "1.4.11", "2.5.8", "2.5.5"] as const;

/** The criteria that WCAG 2.2 does not apply to a mark, by why it is set aside; every other one may still hold. */
export const exemptions: Record<Aside, readonly string[]> = {
  disabled: inactive,
  logo: textContrast,
  decoration: [...textContrast, "1.4.11"],
  inert: inactive,
  // No text has to be read there, but what it shows may have to be seen.
  icon: textContrast,
  outside: inactive,
};
