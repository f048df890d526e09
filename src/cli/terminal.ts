import { plainText } from "../text/plain.js";

/** The one door to the terminal: what a picture or its name says becomes no command of whoever reads along. */

/**
 * To standard error, on one line: standard output holds results alone. A file's name may hold anything.
 *
 * @param sentence what happened
 */
export function logStderr(sentence: string): void {
  process.stderr.write(
    `${withoutCommands(
      plainText(sentence)
        .trim()
        .replace(/\s*\n\s*/g, " "),
    )}\n`,
  );
}

/** To standard error, on several lines: words of our own. */
export function logHelp(text: string): void {
  process.stderr.write(`${plainText(text)}\n`);
}

/** A result, to standard output. */
export function writeStdout(text: string | Uint8Array): void {
  if (typeof text !== "string") {
    process.stdout.write(text);
    return;
  }
  process.stdout.write(withoutCommands(plainText(text)));
}

/**
 * A line that begins with `::`, and `##[` or `##vso[` anywhere, are commands to the services that run checks of pull
 * requests: they set variables and add to logs. With a stroke between, they are words; in Markdown, the stroke is not
 * seen. What is JSON stays JSON, where only the latter can stand.
 */
function withoutCommands(text: string): string {
  const isJson = /^\s*[[{\],]/.test(text);
  return text.replace(/^([^\S\n]*)::/gm, "$1\\::").replace(/##(?=\[|vso\[)/gi, isJson ? "#\\u0023" : "#\\#");
}
