/** A place in a source file, as a stack trace names it. */
export interface Frame {
  /** The line of the trace. */
  text: string;
  /** As the trace writes it: a path, a file name, or the path of an address. */
  file: string;
  /** From 1. */
  line: number;
  column?: number;
}

const mostLines = 200;
const mostLetters = 400;

/** The frames of a stack trace that name a file and a line, in the trace's order. JavaScript, Java, Python, Go, C#. */
export const framesOf = (trace: string): Frame[] => trace.split("\n").slice(0, mostLines).flatMap(frameOf);

function frameOf(whole: string): Frame[] {
  const text = whole.trim().slice(0, mostLetters);
  const python = /^File "([^"]+)", line (\d+)/.exec(text);
  if (python) return frame(text, python[1], python[2], undefined);
  const dotNet = / in (\S+):line (\d+)$/.exec(text);
  if (dotNet) return frame(text, dotNet[1], dotNet[2], undefined);
  const [, file, line, column] = /([^\s()"'<>:]+\.[A-Za-z]{1,6}):(\d{1,7})(?::(\d{1,7}))?/.exec(text) ?? [];
  return frame(text, file, line, column);
}

const frame = (
  text: string,
  file: string | undefined,
  line: string | undefined,
  column: string | undefined,
): Frame[] =>
  file && line
    ? [{ text, file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) }]
    : [];

/**
 * Which of some paths a trace means: the one that agrees with it from the end, folder by folder, the longest.
 *
 * @param paths with forward slashes
 */
export function bestPath(file: string, paths: readonly string[]): string | undefined {
  const wanted = file.replaceAll("\\", "/").split("/").reverse();
  const agreed = (path: string) => {
    const parts = path.split("/").reverse();
    const end = wanted.findIndex((part, index) => part !== parts[index]);
    return end === -1 ? wanted.length : end;
  };
  const ranked = [...paths].sort((a, b) => agreed(b) - agreed(a) || a.length - b.length);
  const [best] = ranked;
  return best !== undefined && agreed(best) > 0 ? best : undefined;
}
