import { parse } from "yaml";
import { z } from "zod";
import { UserError } from "../../../errors.js";

/** One question of an issue form, by GitHub's names. */
export interface FormField {
  type: "textarea" | "input" | "dropdown" | "checkboxes";
  /** Undefined when the form gives none: then it cannot be prefilled on the host's page. */
  id: string | undefined;
  label: string;
  /** The form's own text, kept when there is no answer. */
  value: string;
  /** A language: the answer is shown as code. */
  render: string | undefined;
  options: string[];
}

interface TemplateHead {
  /** As its author named it, or the file's name. */
  name: string;
  /** The file's name; it selects the template on the host's page. */
  file: string;
  /** Put before the title. */
  titlePrefix: string;
  labels: string[];
}

export type IssueTemplate = TemplateHead &
  ({ kind: "markdown"; body: string } | { kind: "form"; fields: FormField[] });

/** Authors write lists as YAML lists or with commas. */
const List = z
  .union([z.string().transform((text) => text.split(",")), z.array(z.coerce.string())])
  .nullish()
  .transform((entries) => (entries ?? []).map((entry) => entry.trim()).filter((entry) => entry !== ""));

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

const FrontMatter = z.object({ name: text, title: text, labels: List });

const Options = z
  .array(z.union([z.object({ label: z.coerce.string() }).transform(({ label }) => label), z.coerce.string()]))
  .nullish()
  .transform((options) => options ?? []);

const Form = z.object({
  name: text,
  title: text,
  labels: List,
  body: z.array(
    z.object({
      type: z.string(),
      id: z.string().optional(),
      attributes: z
        .object({ label: text, value: text, render: z.string().optional(), options: Options.optional() })
        .optional(),
    }),
  ),
});

const fieldTypes = ["textarea", "input", "dropdown", "checkboxes"] as const;

/** The template that is used when the workspace has none. */
export const builtInTemplate: IssueTemplate = {
  kind: "markdown",
  name: "Bug report",
  file: "",
  titlePrefix: "",
  labels: ["bug"],
  body: [
    "## What happened",
    "",
    "## Expected behaviour",
    "",
    "## Steps to reproduce",
    "",
    "1. …",
    "",
    "## Error messages and stack trace",
    "",
    "## Screenshot",
    "",
    "## Environment",
    "",
    "- URL:",
    "- Browser:",
    "- Operating system:",
    "- Application version:",
    "- Viewport:",
    "",
    "## Severity",
    "",
    "## Additional context",
    "",
  ].join("\n"),
};

/** No template that a person fills in is larger. Characters. */
const mostCharacters = 64 * 1024;

/**
 * Reads a template by its file's ending: a Markdown template with optional front matter, or an issue form.
 *
 * @returns undefined for a file that asks nothing, such as `config.yml`
 * @throws UserError when the file is not valid, or larger than any template
 */
export function parseTemplate(file: string, content: string): IssueTemplate | undefined {
  const baseName = file.replace(/^.*\//, "");
  if (/^config\.ya?ml$/i.test(baseName)) return undefined;
  if (content.length > mostCharacters) {
    throw new UserError({
      code: "wrongInput",
      problem: `The issue template ${baseName} is larger than ${mostCharacters / 1024} kB.`,
      advice: "Shorten it, or choose another template.",
    });
  }
  return /\.ya?ml$/i.test(baseName) ? parseForm(baseName, content) : parseMarkdown(baseName, content);
}

function yaml(file: string, content: string): unknown {
  try {
    // What it warns of would go to the terminal.
    return parse(content, { logLevel: "error" });
  } catch (cause) {
    throw new UserError({
      code: "wrongInput",
      problem: `The issue template ${file} is not valid YAML.`,
      advice: "Correct it, or choose another template.",
      cause,
    });
  }
}

function parseMarkdown(file: string, content: string): IssueTemplate {
  const [, front = "", body = content] =
    /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*\r?\n?([\s\S]*)$/.exec(content) ?? [];
  const parsed = FrontMatter.safeParse(yaml(file, front) ?? {});
  const head = parsed.success ? parsed.data : { name: "", title: "", labels: [] };
  return {
    kind: "markdown",
    file,
    name: head.name || file.replace(/\.\w+$/, ""),
    titlePrefix: head.title,
    labels: head.labels,
    body: body.replace(/\r\n/g, "\n"),
  };
}

function parseForm(file: string, content: string): IssueTemplate {
  const parsed = Form.safeParse(yaml(file, content));
  if (!parsed.success) {
    throw new UserError({
      code: "wrongInput",
      problem: `The issue template ${file} is no issue form.`,
      advice: "Correct it, or choose another template.",
      cause: parsed.error,
    });
  }
  const { name, title, labels, body } = parsed.data;
  return {
    kind: "form",
    file,
    name: name || file,
    titlePrefix: title,
    labels,
    fields: body.flatMap(({ type: written, id, attributes }): FormField[] => {
      const type = fieldTypes.find((known) => known === written);
      if (!type || !attributes) return [];
      const { label, value, render, options = [] } = attributes;
      return [{ type, id, label, value, render, options }];
    }),
  };
}
