import { commands, env, workspace } from "vscode";
import { findingToMarkdown } from "../../render/markdown.js";
import type { Document, Finding } from "../../report.js";
import { oneLine } from "../../text/plain.js";
import { issuePage } from "../../workflows/triage/issuePage.js";
import { openUntitled, textColumn } from "../insert/insert.js";
import { hostedRepository } from "../issue/issues.js";
import { showInfo } from "../notify.js";
import type { FeatureHost } from "../panel/feature.js";

/** Findings as Markdown, one after the other. */
export const findingsDocument = (findings: readonly Finding[]): Document => ({
  title: findings.length === 1 ? "Finding" : "Findings",
  language: "markdown",
  ending: "md",
  text: `${findings.map((finding, index) => findingToMarkdown(finding, index, "##")).join("\n\n")}\n`,
});

/**
 * Makes an issue of findings: on the new-issue page of the host that the workspace was cloned from, else as a new
 * document. The body is on the clipboard where it is too long for an address.
 */
export async function openFindingsIssue(
  findings: readonly Finding[],
  { subject, services }: Pick<FeatureHost, "subject" | "services">,
): Promise<void> {
  const [first] = findings;
  if (!first) return;
  const document = findingsDocument(findings);
  const folder =
    (subject.uri && workspace.getWorkspaceFolder(subject.uri)) ?? workspace.workspaceFolders?.[0];
  const repository = await hostedRepository(folder);
  if (!repository) return openUntitled(document, textColumn(services.target.editor));
  const title =
    findings.length === 1 ? first.title : `${findings.length} accessibility problems in ${subject.name}`;
  const issue = {
    title: oneLine(title, 200),
    body: document.text,
    labels: ["accessibility"],
    fields: [],
    template: "",
  };
  const { url, complete } = issuePage(repository, issue);
  if (!complete) await env.clipboard.writeText(issue.body);
  // As text: a Uri is encoded anew, and then "#" and "&" of the issue would end its address.
  await commands.executeCommand("vscode.open", url);
  if (!complete) showInfo("The issue is too long for a link. Its text is on the clipboard: paste it there.");
}
