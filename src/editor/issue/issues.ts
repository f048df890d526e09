import { basename, dirname, relative } from "node:path/posix";
import { extensions, RelativePattern, Uri, type WorkspaceFolder, workspace } from "vscode";
import { toUserError } from "../../errors.js";
import { mostBytes } from "../../image/caps.js";
import type { Document } from "../../report.js";
import { UnusableFileError } from "../../sources/regularFile.js";
import { escapeMarkdownLine } from "../../text/markdown.js";
import { type Repository, repositoryOf } from "../../workflows/triage/issuePage.js";
import { type FilledIssue, fillTemplate } from "../../workflows/triage/template/fill.js";
import {
  builtInTemplate,
  type IssueTemplate,
  parseTemplate,
} from "../../workflows/triage/template/template.js";
import type { EvaluatedTriage } from "../../workflows/triage/triage.js";
import type { Log } from "../log.js";
import { readFile } from "../readFile.js";

/** The parser refuses a text that is larger than any template's; a file that is far larger is not even read. Bytes. */
const mostTemplateBytes = 1024 * 1024;

const templatePatterns = [
  ".github/ISSUE_TEMPLATE/*.{md,yml,yaml}",
  ".github/{ISSUE_TEMPLATE,issue_template}.md",
  ".gitlab/issue_templates/*.md",
];

/** The workspace's issue templates, and the built-in one last. One that cannot be read is left out and logged. */
export async function findTemplates(folder: WorkspaceFolder | undefined, log: Log): Promise<IssueTemplate[]> {
  if (!folder) return [builtInTemplate];
  const files = await Promise.all(
    templatePatterns.map((pattern) => workspace.findFiles(new RelativePattern(folder, pattern), null, 50)),
  );
  const templates: IssueTemplate[] = [];
  for (const uri of files.flat().sort((a, b) => a.path.localeCompare(b.path))) {
    try {
      const text = new TextDecoder().decode(await readFile(uri, mostTemplateBytes));
      const template = parseTemplate(uri.path, text);
      if (template) templates.push(template);
    } catch (error) {
      log.error(`Issue template ${basename(uri.path)}`, toUserError(error));
    }
  }
  return [...templates, builtInTemplate];
}

/** The link that is put where the picture cannot be linked. */
const pasteHere = "_Paste the picture here._";

export function fill(
  template: IssueTemplate,
  judged: EvaluatedTriage,
  link: string | undefined,
): FilledIssue {
  return fillTemplate(template, { judged, pictureLink: link ?? pasteHere });
}

/** A filled issue as text for a document: its title is the heading, and nothing in it is live. */
export const issueDocument = ({ title, body }: FilledIssue): Document => ({
  title: "Issue",
  language: "markdown",
  ending: "md",
  text: title === "" ? body : `# ${escapeMarkdownLine(title)}\n\n${body}`,
});

/**
 * A Markdown link from a document to a picture in the same workspace folder.
 *
 * @param from the document, or undefined for one that has no place yet: then the link is from the folder
 */
export function linkTo(picture: Uri, from: Uri | undefined, folder: WorkspaceFolder): string {
  const base = from && workspace.getWorkspaceFolder(from) === folder ? dirname(from.path) : folder.uri.path;
  const path = relative(base, picture.path).split("/").map(encodeURIComponent).join("/");
  const target = path.replace(/[()']/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `![Screenshot](${target})`;
}

/** Where a picture from outside is copied to; with a number from 2 on, when the names before are taken. */
export function copyPlace(folder: WorkspaceFolder, pictureName: string, number = 1): Uri {
  const name = pictureName.replace(/[^\p{L}\p{N}._-]+/gu, "-");
  const [, stem = name, ending = ""] = /^(.*?)(\.[^.]*)?$/.exec(name) ?? [];
  return Uri.joinPath(folder.uri, "screenshots", `${stem}${number === 1 ? "" : `-${number}`}${ending}`);
}

/** Copies a picture into the folder, unless it is there already. */
export async function copyInto(
  folder: WorkspaceFolder,
  source: { name: string; bytes: () => Promise<Uint8Array> },
): Promise<Uri> {
  const bytes = await source.bytes();
  for (let number = 1; ; number++) {
    const target = copyPlace(folder, source.name, number);
    const existing = await readFile(target, mostBytes).catch((error: unknown) => {
      if (error instanceof UnusableFileError) return error;
      throw error;
    });
    const isFree = existing instanceof UnusableFileError && existing.reason === "missing";
    if (existing instanceof Uint8Array && Buffer.from(existing).equals(bytes)) return target;
    if (!isFree) continue;
    await workspace.fs.writeFile(target, bytes);
    return target;
  }
}

/** What is used of VS Code's own Git extension. */
interface GitExtension {
  getAPI(version: 1): {
    getRepository(
      uri: Uri,
    ): { state: { remotes: Array<{ name: string; fetchUrl?: string; pushUrl?: string }> } } | null;
  };
}

/** The repository on GitHub or GitLab that the folder was cloned from. */
export async function hostedRepository(folder: WorkspaceFolder | undefined): Promise<Repository | undefined> {
  const git = extensions.getExtension<GitExtension>("vscode.git");
  if (!folder || !git) return undefined;
  try {
    const remotes = (await git.activate()).getAPI(1).getRepository(folder.uri)?.state.remotes ?? [];
    const urls = ["upstream", "origin"].flatMap((name) => remotes.filter((remote) => remote.name === name));
    for (const { fetchUrl, pushUrl } of [...urls, ...remotes]) {
      const repository = repositoryOf(fetchUrl ?? pushUrl ?? "");
      if (repository) return repository;
    }
  } catch {
    // The Git extension is there but switched off: then there is no remote to know.
  }
  return undefined;
}
