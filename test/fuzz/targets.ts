import { answers } from "./answers.js";
import { commandLines } from "./commandLines.js";
import { diagrams } from "./diagrams.js";
import { messages } from "./messages.js";
import { pictureFiles } from "./pictures.js";
import type { Target } from "./target.js";
import { issueTemplates } from "./templates.js";

/** Everything that takes input from outside. A new one is a file and an entry. */
export const targets: readonly Target[] = [
  pictureFiles,
  issueTemplates,
  ...answers,
  messages,
  ...diagrams,
  ...commandLines,
];
