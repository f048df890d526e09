import { coverSecrets } from "../measure/secrets.js";
import { mapTexts } from "../text/mapTexts.js";
import type { Redaction } from "./redaction.js";

/**
 * What was overlooked in a picture does not come back in the answer.
 *
 * @param seen whether the picture's secrets were looked for and covered
 */
export function withoutSecrets<T>(answer: T, redaction: Redaction, seen: { covered: boolean }): T {
  return redaction !== "off" && seen.covered ? mapTexts(answer, coverSecrets) : answer;
}
