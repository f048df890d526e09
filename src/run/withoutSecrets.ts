import { coverSecrets } from "../measure/secrets.js";
import type { Redaction } from "../store/redaction.js";
import { mapTexts } from "../text/mapTexts.js";

/**
 * What was overlooked in a picture does not come back in the answer.
 *
 * @param seen whether the picture's secrets were looked for and covered
 */
export function withoutSecrets<T>(answer: T, redaction: Redaction, seen: { covered: boolean }): T {
  return redaction !== "off" && seen.covered ? mapTexts(answer, coverSecrets) : answer;
}
