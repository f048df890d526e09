import { fromHex } from "../measure/colour.js";
import { deficiencies, deltaE, simulated } from "../measure/colourVision.js";
import type { TintedText } from "../measure/measurement.js";
import type { Finding } from "../report.js";
import type { Alike } from "./check.js";
import { criterionOf } from "./criteria.js";
import { placeWords, ratioWords, someOf } from "./words.js";

/** What G183 asks of links that nothing but their colour tells from the words around. */
const needed = 3;
/** A single place says enough with so many plain words on its line; with fewer, another place has to be like it. */
const clearWords = 4;

/**
 * Candidates for 1.4.1: pixels do not tell whether tinted words are links, so that a person has to look. One finding
 * for each pair of colours.
 *
 * @see https://www.w3.org/WAI/WCAG22/Techniques/general/G183
 */
export function tintFindings(tinted: readonly TintedText[]): Finding[] {
  const groups = new Map<string, [TintedText, ...TintedText[]]>();
  for (const one of tinted) {
    if (one.most >= needed) continue;
    const key = `${one.colour} ${one.beside.colour}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .filter(([first, ...others]) => others.length > 0 || first.beside.words >= clearWords)
    .map(tintFinding);
}

function tintFinding(alike: Alike<TintedText>): Finding {
  const [first] = alike;
  const marks = alike.map(({ text }) => text);
  const contrast = ratioWords(Math.min(...alike.map((one) => one.contrast)));
  return {
    key: `1.4.1 ${[...marks].sort().join(" ")}`,
    title: "Links may be told from the text around them by their colour alone",
    criterion: criterionOf("1.4.1"),
    impact: "moderate",
    where: someOf(
      alike.map(({ text, box }) => `${text}, ${placeWords(box)}`),
      "; ",
    ),
    box: first.box,
    problem: `If these words are links, only their colour says so: ${first.colour} beside ${first.beside.colour}, ${contrast} with each other, and no underline; ${needed}:1 is needed.`,
    affected: "People who do not tell these colours apart, and anyone with low vision.",
    fix: `Underline links in text, or give them a colour with ${needed}:1 against the text and another sign on focus and hover.`,
    confidence: "low",
    evidence: "measured",
    measured: `Measured: ${contrast}, ${first.colour} beside ${first.beside.colour}; ${needed}:1 is needed. ${differenceWords(first)}`,
    marks,
  };
}

/** How far apart the two colours are to people who see them in other ways. */
function differenceWords({ colour, beside }: TintedText): string {
  const [one, other] = [fromHex(colour), fromHex(beside.colour)];
  const usual = deltaE(one, other).toFixed(2);
  const others = deficiencies.map(
    (deficiency) =>
      `${deltaE(simulated(one, deficiency), simulated(other, deficiency)).toFixed(2)} ${deficiency}`,
  );
  return `Difference (ΔE OK): ${usual}; simulated: ${others.join(", ")}.`;
}
