import { codeBlock, escapeMarkdown, escapeMarkdownLine } from "../../../text/markdown.js";
import type { EvaluatedTriage, Read } from "../triage.js";

/** What fills in a template: what was read, and the link to the picture. */
export interface Filling {
  judged: EvaluatedTriage;
  /** Markdown that shows the picture. */
  pictureLink: string;
}

type Answer = (filling: Filling) => string;

const plain = (read: Read): string => (read ? escapeMarkdown(read.value) : "");
const line = (read: Read): string => (read ? escapeMarkdownLine(read.value) : "");
const paragraphs = (...texts: string[]): string => texts.filter((text) => text !== "").join("\n\n");
const list = (texts: string[], bullet: (index: number) => string): string =>
  texts.map((text, index) => `${bullet(index)} ${escapeMarkdownLine(text)}`).join("\n");

const browser = ({ judged }: Filling): string =>
  [line(judged.browser), line(judged.browserVersion)].filter((text) => text !== "").join(" ");
const errors = ({ judged }: Filling): string =>
  paragraphs(
    judged.errorMessages.length > 0 ? codeBlock(judged.errorMessages.join("\n")) : "",
    judged.stackTrace ? codeBlock(judged.stackTrace.value) : "",
  );
const severityAlone = ({ judged }: Filling): string => (judged.severity === "unknown" ? "" : judged.severity);
const severity = (filling: Filling): string => {
  const [word, reason] = [severityAlone(filling), escapeMarkdownLine(filling.judged.severityReason)];
  return word === "" || reason === "" ? word : `${word}: ${reason}`;
};
const environment = (filling: Filling): string => {
  const { judged } = filling;
  const entries: Array<[string, string]> = [
    ["URL", line(judged.url)],
    ["Browser", browser(filling)],
    ["Operating system", line(judged.operatingSystem)],
    ["Application version", line(judged.appVersion)],
    ["Viewport", line(judged.viewport)],
    ["Request ID", line(judged.requestId)],
  ];
  return entries
    .filter(([, value]) => value !== "")
    .map(([label, value]) => `- ${label}: ${value}`)
    .join("\n");
};
const context = ({ judged }: Filling): string =>
  paragraphs(
    plain(judged.visibleState),
    judged.input ? `Input:\n\n${codeBlock(judged.input.value)}` : "",
    judged.missing.length > 0 ? `Still missing:\n\n${list(judged.missing, () => "-")}` : "",
  );

/** Which words in a heading, a label or a list item ask for what. The first that matches answers. */
const answers: ReadonlyArray<[RegExp, Answer]> = [
  [/stack ?trace|back ?trace/, errors],
  [/steps|reproduc|how to trigger/, ({ judged }) => list(judged.steps, (index) => `${index + 1}.`)],
  [/expected|should (have )?happen/, ({ judged }) => plain(judged.expected)],
  [/screen ?shot|screen ?cast|recording|image|picture|attachment|evidence/, ({ pictureLink }) => pictureLink],
  [/error|exception|console|\blogs?\b|log output|terminal/, errors],
  [/browser version/, ({ judged }) => line(judged.browserVersion)],
  [/browser/, browser],
  [/operating system|\bos\b|\bplatform\b/, ({ judged }) => line(judged.operatingSystem)],
  [/environment|system info|configuration|\bsetup\b/, environment],
  [/version|build|release|commit/, ({ judged }) => line(judged.appVersion)],
  [/viewport|resolution|(screen|window) size/, ({ judged }) => line(judged.viewport)],
  [/(request|trace|correlation|incident|event)[ -]?id/, ({ judged }) => line(judged.requestId)],
  [/http|status code/, ({ judged }) => line(judged.httpStatus)],
  [/\burl\b|address|\blink\b/, ({ judged }) => line(judged.url)],
  [/severity|priority|impact/, severity],
  [/component|\bpage\b|\barea\b|module|\bscreen\b|feature|where/, ({ judged }) => line(judged.component)],
  [/additional|context|anything else|\bother\b|notes|more information/, context],
  [/labels|\btags\b/, ({ judged }) => judged.labels.map(escapeMarkdownLine).join(", ")],
  [/title|subject/, ({ judged }) => line(judged.title)],
  [
    /happen|actual|current|describe|description|summary|\bbug\b|problem|issue|observed|wrong/,
    ({ judged }) => plain(judged.whatHappened),
  ],
];

/** The answer to what a heading or label asks, in Markdown; empty when the picture does not give it. */
export const answerTo = (heading: string, filling: Filling): string => answerOf(heading)?.(filling) ?? "";

/** The same for a choice among options: without reasons, which may name the other options. */
export function choiceFor(heading: string, filling: Filling): string {
  const answer = answerOf(heading);
  return (answer === severity ? severityAlone : answer)?.(filling) ?? "";
}

function answerOf(heading: string): Answer | undefined {
  const words = heading.toLowerCase();
  return answers.find(([pattern]) => pattern.test(words))?.[1];
}
