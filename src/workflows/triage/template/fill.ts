import { codeBlock } from "../../../text/markdown.js";
import { answerTo, choiceFor, type Filling } from "./answers.js";
import { headingIn, itemIn } from "./lines.js";
import type { FormField, IssueTemplate } from "./template.js";

/** A filled issue, as text and, for a form, field by field. */
export interface FilledIssue {
  title: string;
  /** Markdown. */
  body: string;
  labels: string[];
  /** The template's file name on the host; empty for the built-in template. */
  template: string;
  /** For the fields of a form that have an id, in the form's order. */
  fields: Array<{ id: string; value: string }>;
}

/** Fills in a template. What the picture does not answer keeps the template's own text. */
export function fillTemplate(template: IssueTemplate, filling: Filling): FilledIssue {
  const title = filling.judged.title?.value.replace(/\s+/g, " ") ?? "";
  const head = {
    title:
      `${template.titlePrefix}${template.titlePrefix && !/\s$/.test(template.titlePrefix) ? " " : ""}${title}`.trim(),
    labels: [...new Set([...template.labels, ...filling.judged.labels])],
    template: template.file,
  };
  if (template.kind === "markdown") {
    return { ...head, body: fillMarkdown(template.body, filling), fields: [] };
  }
  const filled = template.fields.map((field) => ({ field, value: fillField(field, filling) }));
  return {
    ...head,
    // As the host itself writes a submitted form.
    body: filled.map(({ field, value }) => `### ${field.label}\n\n${shown(field, value)}\n`).join("\n"),
    fields: filled.flatMap(({ field: { id, type }, value }) =>
      id !== undefined && type !== "checkboxes" && value !== "" ? [{ id, value }] : [],
    ),
  };
}

function fillField({ type, label, value, options, render }: FormField, filling: Filling): string {
  if (type === "dropdown") return optionFor(choiceFor(label, filling), options) ?? "";
  const answer = answerTo(label, filling);
  if (type === "checkboxes") return options.map((option) => `- [ ] ${option}`).join("\n");
  if (answer === "") return value;
  // The host puts the value into a code block itself.
  return render === undefined ? answer : answer.replace(/^`{3,}.*\n?/gm, "").trim();
}

const shown = ({ render, type }: FormField, value: string): string => {
  if (value === "") return "_No response_";
  return render !== undefined && type === "textarea" ? codeBlock(value, render) : value;
};

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** Whether some words stand in others, one after the other. */
const isWithin = (part: readonly string[], whole: readonly string[]): boolean =>
  part.length > 0 && whole.some((_, start) => part.every((word, index) => whole[start + index] === word));

/** An answer that chooses an option is short: no more of its words are looked at. */
const mostAnswerWords = 100;

/** The option that an answer means: one that says it, else the longest that the answer names, else one with its first word. */
function optionFor(answer: string, options: readonly string[]): string | undefined {
  const words = wordsOf(answer).slice(0, mostAnswerWords);
  const worded = options.map((option) => ({ option, words: wordsOf(option) }));
  const byLength = [...worded].sort((a, b) => b.words.length - a.words.length);
  const found =
    worded.find((each) => each.words.join(" ") === words.join(" ")) ??
    worded.find((each) => isWithin(words, each.words)) ??
    byLength.find((each) => isWithin(each.words, words)) ??
    worded.find((each) => isWithin(words.slice(0, 1), each.words));
  return found?.option;
}

interface Section {
  /** The heading's line, or undefined before the first one. */
  heading: { line: string; words: string } | undefined;
  body: string[];
}

function fillMarkdown(body: string, filling: Filling): string {
  return sectionsOf(body)
    .flatMap(({ heading, body: lines }) => [
      ...(heading ? [heading.line] : []),
      ...(heading ? fillSection(heading.words, lines, filling) : lines),
    ])
    .join("\n");
}

/** New lines for a part of a document. */
export interface SectionEdit {
  /** The lines to replace: from the first, up to but without the second. From 0. */
  from: number;
  to: number;
  lines: string[];
}

/** What filling in changes of a document that has a template's headings, section by section. */
export function fillDocument(text: string, filling: Filling): SectionEdit[] {
  let index = 0;
  return sectionsOf(text).flatMap(({ heading, body }) => {
    const from = index + (heading ? 1 : 0);
    index = from + body.length;
    if (!heading) return [];
    const lines = fillSection(heading.words, body, filling);
    return lines.join("\n") === body.join("\n") ? [] : [{ from, to: index, lines }];
  });
}

function sectionsOf(body: string): Section[] {
  const sections: Section[] = [{ heading: undefined, body: [] }];
  let hidden = false; // inside a comment or a fence, where nothing is a heading
  for (const line of body.split("\n")) {
    const words = hidden ? undefined : headingIn(line);
    if (words !== undefined) sections.push({ heading: { line, words }, body: [] });
    else sections.at(-1)?.body.push(line);
    if (/^\s*(```|~~~)/.test(line)) hidden = !hidden;
    else if (line.includes("<!--") && !line.includes("-->")) hidden = true;
    else if (hidden && line.includes("-->")) hidden = false;
  }
  return sections;
}

function fillSection(words: string, lines: string[], filling: Filling): string[] {
  const items = lines.map((line) => fillItem(line, filling));
  if (items.some((item) => item !== undefined)) return lines.map((line, index) => items[index] ?? line);
  const answer = answerTo(words, filling);
  return answer === "" ? lines : ["", ...answer.split("\n"), ""];
}

/** A list item that asks, such as ` - OS: [e.g. iOS]`, with its answer; undefined if it asks nothing we know. */
function fillItem(line: string, filling: Filling): string | undefined {
  const item = itemIn(line);
  if (!item) return undefined;
  const answer = answerTo(item.label, filling);
  if (answer === "" || answer.includes("\n")) return undefined;
  return `${item.before} ${answer}`;
}
