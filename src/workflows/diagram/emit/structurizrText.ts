import { labelLines } from "./labels.js";

/** A space that does not break, which Structurizr does not trim. */
const space = "\u00a0";

/**
 * Words that a string can hold. A backslash would end its last quote, and `${HOME}` is a variable of the machine. A
 * string that is nothing but a brace or an arrow is taken for one, though it is quoted; an empty name is refused.
 */
export function plain(text: string): string {
  const words = labelLines(text)
    .join(" ")
    .replaceAll("\\", "∖")
    .replace(/\$(?=\{)/g, "$ ");
  return words === "" || words === "{" || /^-.*>$/.test(words) ? `${space}${words}` : words;
}

/** A string on one line. */
export const dslString = (text: string): string => `"${plain(text).replaceAll('"', '\\"')}"`;
