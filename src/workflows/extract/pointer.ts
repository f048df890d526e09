/** A value as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A longer list would be filled with holes by one wrong number. */
const mostItems = 10_000;
/** So many holes are in no honest data, all in all. */
const mostHoles = 20_000;
/** More levels than this are in no document. */
const mostLevels = 16;

/** The keys of a JSON pointer (RFC 6901); undefined when it is none, or names what no object of ours may have. */
export function keysOf(pointer: string): string[] | undefined {
  if (!pointer.startsWith("/")) return undefined;
  const keys = pointer
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const isUsable = keys.length <= mostLevels && keys.every((key) => key !== "" && key !== "__proto__");
  return isUsable ? keys : undefined;
}

export const pointerOf = (keys: readonly string[]): string =>
  keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,4})$/.test(key) && Number(key) < mostItems;

/** How many holes may still be made in one document's data. */
export interface Holes {
  left: number;
}

export const freshHoles = (): Holes => ({ left: mostHoles });

/**
 * Puts a value at its place; what leads there is made, a list where the key is a number.
 *
 * @param holes of lists whose entries come out of order, or not at all
 * @returns whether there was room: not where a plain value, or one of another kind, stands already
 */
export function setAt(
  root: { [key: string]: Json },
  keys: readonly string[],
  value: Json,
  holes: Holes = freshHoles(),
): boolean {
  let at: Json = root;
  for (const [level, key] of keys.entries()) {
    const isLast = level === keys.length - 1;
    const fresh: Json = isLast ? value : isIndex(keys[level + 1] ?? "") ? [] : {};
    if (Array.isArray(at)) {
      if (!isIndex(key)) return false;
      const index = Number(key);
      if (index - at.length > holes.left) return false;
      for (; at.length < index; holes.left--) at.push(null);
      const next: Json = at[index] ?? fresh;
      if (isLast && at[index] !== undefined && at[index] !== null) return false;
      at[index] = next;
      at = next;
    } else if (at !== null && typeof at === "object") {
      if (isLast && Object.hasOwn(at, key)) return false;
      const next: Json = Object.hasOwn(at, key) ? (at[key] ?? fresh) : fresh;
      at[key] = next;
      at = next;
    } else return false;
  }
  return true;
}
