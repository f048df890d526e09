import type { TextMark } from "../../report.js";
import { linesOf } from "../words.js";
import type { EvaluatedTriage, Read } from "./triage.js";

const errorWords =
  /\b(?:\w*error|\w*exception|failed|failure|cannot|could ?n[o']t|unable|denied|fatal|panic|timed out|timeout|refused|not found|invalid|unexpected|crashed|aborted)\b/i;
const stackLine =
  /^\s*(?:at\s+\S.*[:(]\S*\d+|File\s+["“].+["”], line \d+|Caused by\b|\.{3} \d+ more|#\d+\s+0x)/;

/** What the words in a screenshot say about a bug, without anyone's judgement. */
export function triageByWords(texts: readonly TextMark[]): EvaluatedTriage {
  const lines = linesOf(texts);
  const all = lines.join("\n");
  const stack = lines.filter((line) => stackLine.test(line));
  const errors = lines.filter((line) => errorWords.test(line) && !stackLine.test(line)).slice(0, 8);
  const browser = /\b(Chrome|Chromium|Firefox|Safari|Edge|Opera)[/ ]+(\d+(?:\.\d+)*)/.exec(all);
  const [first] = errors;
  return {
    title: read(first?.slice(0, 80)),
    whatHappened: read(first && `The screen shows: ${errors.join(" — ")}`),
    expected: null,
    steps: [],
    errorMessages: errors,
    stackTrace: read(stack.length > 0 ? stack.join("\n") : undefined),
    url: read(/\bhttps?:\/\/[^\s"'<>]+|\blocalhost:\d+\S*/i.exec(all)?.[0]),
    httpStatus: read(
      /\b(?:HTTP|status|code|error)\b[^\n\d]{0,12}([1-5]\d\d)\b/i.exec(all)?.[1] ??
        /\b([45]\d\d)[ :—–-]+(?:\(?)(?:Internal|Bad|Not|Forbidden|Unauthorized|Service|Gateway|Too|Conflict|Gone)/i.exec(
          all,
        )?.[1],
    ),
    requestId: read(
      /\b(?:request|trace|correlation|incident|event)[ -]?id[ .:#]{0,3}([\w-]{4,64})/i.exec(all)?.[1],
    ),
    browser: read(browser?.[1]),
    browserVersion: read(browser?.[2]),
    operatingSystem: read(
      /\b(?:Windows (?:NT )?\d+(?:\.\d+)*|macOS [\d.]+|Mac OS X [\d._]+|Ubuntu [\d.]+|Android \d+(?:\.\d+)*|iOS \d+(?:\.\d+)*)/.exec(
        all,
      )?.[0],
    ),
    viewport: read(/\b\d{3,4} ?[x×] ?\d{3,4}\b/.exec(all)?.[0]),
    appVersion: read(
      /\b(?:version|release|build|v)[ .:#]*(\d+\.\d+(?:\.\d+)*(?:[-+][\w.]+)?)/i.exec(all)?.[1],
    ),
    component: null,
    visibleState: null,
    input: null,
    severity: "unknown",
    severityReason: "",
    severityConfidence: "low",
    labels: ["bug"],
    missing: [
      "What was done before, and what was expected",
      "What the picture shows besides its words: Claude can tell, with an API key",
    ],
  };
}

const read = (value: string | undefined): Read =>
  value === undefined || value.trim() === "" ? null : { value: value.trim(), confidence: "medium" };
