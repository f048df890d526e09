import { contrastRatio, fromHex, hex, nearestPassing } from "../../measure/colour.js";
import type { ContrastFix } from "../../protocol/findings.js";
import type { Finding, Report } from "../../report.js";

/** The nearest colours that would pass, for the text and for its ground, of each finding about a text's contrast. */
export function fixesOf({ findings, texts }: Report): Record<string, ContrastFix> {
  return Object.fromEntries(
    findings.flatMap((finding): Array<[string, ContrastFix]> => {
      const fix = fixOf(finding, texts);
      return fix ? [[finding.key, fix]] : [];
    }),
  );
}

/** The criteria that ask for a text's contrast, with what they ask for by what 1.4.3 asks of the same text. */
const asked: Readonly<Record<string, (minimum: number) => number>> = {
  "1.4.3": (minimum) => minimum,
  "1.4.6": (minimum) => (minimum === 3 ? 4.5 : 7),
};

function fixOf({ criterion, marks }: Finding, texts: Report["texts"]): ContrastFix | undefined {
  const neededFor = asked[criterion?.number ?? ""];
  if (!neededFor) return undefined;
  const failing = texts
    .filter(({ id }) => marks.includes(id))
    .flatMap(({ contrast }) => (contrast.status === "measured" ? [contrast] : []))
    .filter(({ worst, needed }) => worst < neededFor(needed))
    .sort((a, b) => a.worst - b.worst);
  const [worst] = failing;
  if (!worst) return undefined;
  const { foreground, background } = worst;
  const needed = neededFor(worst.needed);
  const [text, ground] = [fromHex(foreground), fromHex(background)];
  const passing = (colour: typeof text, other: typeof text) => {
    const found = nearestPassing(colour, other, needed);
    const ratio = contrastRatio(found, other);
    return ratio < needed ? undefined : { colour: hex(found), ratio };
  };
  const [forText, forGround] = [passing(text, ground), passing(ground, text)];
  return {
    ratio: worst.worst,
    needed,
    foreground,
    background,
    ...(forText ? { text: forText } : {}),
    ...(forGround ? { ground: forGround } : {}),
  };
}
