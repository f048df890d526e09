import type { z } from "zod";
import { parseJson } from "../text/json.js";

/**
 * The items of an array in a JSON object that is still arriving: those whose text is complete and valid.
 *
 * @param soFar the beginning of the text of a JSON object
 * @param key the property of that object that holds the array
 */
export function completedItems<T>(soFar: string, key: string, schema: z.ZodType<T>): T[] {
  const items: T[] = [];
  /** The open brackets and the property each belongs to. */
  const open: Array<{ bracket: string; key: string }> = [];
  let property = "";
  let start = 0;
  for (let at = 0; at < soFar.length; at++) {
    const character = soFar[at];
    if (character === '"') {
      const end = endOfString(soFar, at);
      if (end === undefined) break;
      if (open.length === 1 && /^\s*:/.test(soFar.slice(end, end + 40)))
        property = soFar.slice(at + 1, end - 1);
      at = end - 1;
    } else if (character === "{" || character === "[") {
      if (open.length === 2) start = at;
      open.push({ bracket: character, key: open.length === 1 ? property : "" });
    } else if (character === "}" || character === "]") {
      open.pop();
      const array = open[1];
      if (open.length !== 2 || array?.bracket !== "[" || array.key !== key) continue;
      const item = schema.safeParse(parseJson(soFar.slice(start, at + 1)));
      if (item.success) items.push(item.data);
    }
  }
  return items;
}

/** The position behind a string's closing quote, or undefined when it has not arrived. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}
