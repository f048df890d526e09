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
  for (let index = 0; index < soFar.length; index++) {
    const character = soFar[index];
    if (character === '"') {
      const end = endOfString(soFar, index);
      if (end === undefined) break;
      if (open.length === 1 && /^\s*:/.test(soFar.slice(end, end + 40)))
        property = soFar.slice(index + 1, end - 1);
      index = end - 1;
    } else if (character === "{" || character === "[") {
      if (open.length === 2) start = index;
      open.push({ bracket: character, key: open.length === 1 ? property : "" });
    } else if (character === "}" || character === "]") {
      open.pop();
      const array = open[1];
      if (open.length !== 2 || array?.bracket !== "[" || array.key !== key) continue;
      const item = schema.safeParse(parseJson(soFar.slice(start, index + 1)));
      if (item.success) items.push(item.data);
    }
  }
  return items;
}

/** The position behind a string's closing quote, or undefined when it has not arrived. */
function endOfString(text: string, start: number): number | undefined {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === '"') return index + 1;
  }
  return undefined;
}
