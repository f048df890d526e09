import { colourOf, wordForFill } from "../emit/remarks.js";

/**
 * A colour of another language as a remark's value: a word that we know, or `#rrggbb`; undefined for what is no colour
 * to speak of.
 */
export function colourValue(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === "" || ["none", "transparent", "default", "white", "#ffffff", "#fff"].includes(plain))
    return undefined;
  if (/^#[0-9a-f]{3}$/.test(plain))
    return wordForFill(`#${[...plain.slice(1)].map((one) => one + one).join("")}`);
  if (/^#[0-9a-f]{6}/.test(plain)) return wordForFill(plain.slice(0, 7));
  // "lightblue2", "DarkOrange", "pale green"
  const word = plain.replace(/^(light|dark|pale|medium|deep)[ -]?/, "").replace(/\d+$/, "");
  return colourOf(word) ? word.replace("gray", "grey") : plain;
}
