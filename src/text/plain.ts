/**
 * Characters that a reader does not see but a machine obeys: controls (tab and line feed aside), bidirectional
 * and zero-width marks, tag characters, lone surrogates. ANSI sequences lose their escape and stay as text.
 * The joiner and the variation selector of emoji stay.
 */
const invisible = /(?![\t\n])\p{Cc}|(?!\u200d)\p{Cf}|\p{Cs}|[\u{e0100}-\u{e01ef}\u2028\u2029]/gu;
const ansiSequence = /\x1b\[[0-9;:?]*[ -/]*[@-~]/g;

const isPlainAscii = /^[\x20-\x7e\t\n]*$/;

/** The text without invisible characters; carriage returns become line feeds. */
export function plainText(text: string): string {
  // Most texts are, and this is called for every label.
  if (isPlainAscii.test(text)) return text;
  return text.replace(/\r\n?/g, "\n").replace(ansiSequence, "").replace(invisible, "");
}

/**
 * A file's name as it may be shown and written anywhere: on one line, without invisible characters. What broke the line
 * is seen.
 */
export const plainName = (name: string): string => plainText(name).replace(/[\n\t]/g, "\ufffd");

/** One line for places that hold no more, such as a notification. */
export function oneLine(text: string, most = 200): string {
  const line = plainText(text).replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/**
 * A value with every text in it made plain.
 *
 * @returns the value, and how many of its texts held something invisible
 */
export function plainValue<T>(value: T): { value: T; changed: number } {
  let changed = 0;
  const walk = (part: unknown): unknown => {
    if (typeof part === "string") {
      const plain = plainText(part);
      if (plain !== part.replace(/\r\n?/g, "\n")) changed++;
      return plain;
    }
    if (Array.isArray(part)) return part.map(walk);
    if (part && typeof part === "object")
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, walk(inner)]));
    return part;
  };
  return { value: walk(value) as T, changed };
}
