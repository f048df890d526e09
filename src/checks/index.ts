import { boundaryContrast } from "./boundaries.js";
import type { AnyCheck } from "./check.js";
import { enhancedContrast, minimumContrast } from "./contrast.js";
import { enhancedTarget, minimumTarget } from "./targets.js";

/** All that is checked by measure. A new check is one entry here. */
export const checks: readonly AnyCheck[] = [
  { of: "text", ...minimumContrast },
  { of: "text", ...enhancedContrast },
  { of: "control", ...minimumTarget },
  { of: "control", ...enhancedTarget },
  { of: "control", ...boundaryContrast },
];
