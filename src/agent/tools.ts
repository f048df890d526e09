import type { Tool } from "./tool.js";
import { askClaude } from "./tools/askClaude.js";
import { auditScreenshot } from "./tools/auditScreenshot.js";
import { checkFindings } from "./tools/checkFindings.js";
import { compareScreenshots } from "./tools/compareScreenshots.js";
import { diagramSchema } from "./tools/diagramSchema.js";
import { extractCheck } from "./tools/extractCheck.js";
import { fillIssue } from "./tools/fillIssue.js";
import { measurePicture } from "./tools/measurePicture.js";
import { readDiagram } from "./tools/readDiagram.js";
import { readText } from "./tools/readText.js";
import { viewPicture } from "./tools/viewPicture.js";
import { writeDiagram } from "./tools/writeDiagram.js";

/** The tools, in the order in which they are listed. A new one is one file and one line here. */
export const tools: readonly Tool[] = [
  viewPicture,
  measurePicture,
  readText,
  auditScreenshot,
  checkFindings,
  compareScreenshots,
  fillIssue,
  extractCheck,
  diagramSchema,
  writeDiagram,
  readDiagram,
  askClaude,
];

/** The tools that can be called: those that cost money need a key. */
export const toolsFor = (hasKey: boolean): Tool[] => tools.filter(({ isPaid }) => hasKey || !isPaid);
