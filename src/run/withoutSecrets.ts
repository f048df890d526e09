import { coverSecrets } from "../measure/secrets.js";
import { mapTexts } from "../text/mapTexts.js";

/**
 * What was overlooked in a picture does not come back in the answer.
 *
 * @param isCovered whether the pictures' secrets were looked for and covered
 */
export const withoutSecrets = <T>(answer: T, isCovered: boolean): T =>
  isCovered ? mapTexts(answer, coverSecrets) : answer;
