import type { Tool } from "./tool.js";
import { readText } from "./tools/readText.js";
import { viewPicture } from "./tools/viewPicture.js";

/** The tools, in the order in which they are listed. A new one is one file and one line here. */
export const tools: readonly Tool[] = [viewPicture, readText];
