import { plainText } from "../text/plain.js";

/** To standard error: standard output holds results alone. A file's name may hold anything. */
export function logStderr(sentence: string): void {
  process.stderr.write(`${plainText(sentence)}\n`);
}
