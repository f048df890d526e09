import { commands, env, type Uri, type WorkspaceFolder, workspace } from "vscode";
import type { IssueEdits, IssueView } from "../../protocol/issue.js";
import type { Document } from "../../report.js";
import { currentAnswer, type RunRecord } from "../../store/runs/runResult.js";
import { type Frame, framesOf } from "../../workflows/triage/frames.js";
import { issuePage, type Repository } from "../../workflows/triage/issuePage.js";
import { severities } from "../../workflows/triage/schema.js";
import type { FilledIssue } from "../../workflows/triage/template/fill.js";
import { builtInTemplate, type IssueTemplate } from "../../workflows/triage/template/template.js";
import { type EvaluatedTriage, triage } from "../../workflows/triage/triage.js";
import { known } from "../../workflows/workflow.js";
import type { Log } from "../log.js";
import { showInfo } from "../notify.js";
import type { Subject } from "../panel/subjects.js";
import {
  copyInto,
  copyPlace,
  fill,
  findTemplates,
  hostedRepository,
  issueDocument,
  linkTo,
} from "./issues.js";
import { openFrame } from "./openFrame.js";
import { shareable } from "./shareable.js";

/** A triaged bug as an issue: the templates to choose from, and the chosen one filled in. */
export class TriageIssue {
  private chosen = 0;
  private edits: IssueEdits = {};
  private revision = 0;
  private readonly frames: readonly Frame[];

  private constructor(
    private readonly read: EvaluatedTriage,
    private readonly subject: Subject,
    /** What may be copied into the repository. */
    private readonly copy: ReturnType<typeof shareable>,
    private readonly folder: WorkspaceFolder | undefined,
    private readonly templates: IssueTemplate[],
    private readonly repository: Repository | undefined,
  ) {
    this.frames = framesOf(read.stackTrace?.value ?? "");
  }

  static async create(done: RunRecord, subject: Subject, log: Log): Promise<TriageIssue> {
    const read = known(triage, currentAnswer(done), done.pictures);
    if (!read) throw new Error("A triage knows something even without an answer");
    const folder =
      (subject.uri && workspace.getWorkspaceFolder(subject.uri)) ?? workspace.workspaceFolders?.[0];
    const [templates, repository] = await Promise.all([findTemplates(folder, log), hostedRepository(folder)]);
    return new TriageIssue(
      read,
      subject,
      shareable(done.pictures[0], subject.name, subject.bytes),
      folder,
      templates,
      repository,
    );
  }

  choose(template: number): void {
    if (template >= this.templates.length) return;
    this.chosen = template;
    // Another template asks for another text.
    const { body: _, ...others } = this.edits;
    this.edits = others;
    this.revision++;
  }

  /** Puts a person's own words in the place of what was filled in. */
  edit(edits: IssueEdits): void {
    this.edits = { ...this.edits, ...edits };
  }

  setSeverity(severity: string): void {
    this.edits = { ...this.edits, severity };
    this.revision++;
  }

  /** Takes back all edits. */
  reset(): void {
    this.edits = {};
    this.revision++;
  }

  async openFrame(index: number): Promise<void> {
    const frame = this.frames[index];
    if (frame) await openFrame(frame);
  }

  view(): IssueView {
    const { title, body, labels } = this.filled(this.previewLink());
    return {
      templates: this.templates.map(({ name }) => name),
      chosen: this.chosen,
      title,
      body,
      labels,
      severity: this.judged.severity,
      severities: [...severities],
      questions: this.read.missing,
      frames: this.frames.map(({ text }) => text),
      edited: Object.keys(this.edits).length > 0,
      revision: this.revision,
      ...(this.repository ? { host: this.repository.host } : {}),
    };
  }

  /**
   * The issue as text for a document, with the picture linked from there; a picture from outside the
   * repository is copied into it.
   */
  async document(from: Uri | undefined): Promise<Document> {
    let link: string | undefined;
    const place = this.folder && (this.inside() ?? (this.copy && (await copyInto(this.folder, this.copy))));
    if (place) link = linkTo(place, from, this.folder);
    return issueDocument(this.filled(link));
  }

  /** Opens the host's page. A picture cannot be linked there, so the text asks to paste it. */
  async openPage(): Promise<void> {
    if (!this.repository) return;
    const filled = this.filled(undefined);
    const { url, complete } = issuePage(this.repository, filled);
    if (!complete) await env.clipboard.writeText(filled.body);
    // As text: a Uri is encoded anew, and then "#" and "&" of the issue would end its address.
    await commands.executeCommand("vscode.open", url);
    showInfo(
      complete
        ? "The issue is filled in; copy the picture here and paste it there."
        : "The issue is too long for an address: its text is on the clipboard. Paste it, then the picture.",
    );
  }

  private filled(link: string | undefined): FilledIssue {
    const issue = fill(this.templates[this.chosen] ?? builtInTemplate, this.judged, link);
    const { title = issue.title, body, labels = issue.labels } = this.edits;
    // A form's fields no longer say what a body says that was changed by hand.
    return body === undefined ? { ...issue, title, labels } : { ...issue, title, labels, body, fields: [] };
  }

  /** What was read, with the severity that a person chose. */
  private get judged(): EvaluatedTriage {
    const severity = severities.find((one) => one === this.edits.severity);
    if (!severity || severity === this.read.severity) return this.read;
    return { ...this.read, severity, severityReason: "", severityConfidence: "high" };
  }

  private previewLink(): string | undefined {
    if (!this.folder) return undefined;
    const place = this.inside() ?? (this.copy && copyPlace(this.folder, this.copy.name));
    return place && linkTo(place, undefined, this.folder);
  }

  /** The picture itself, when it lies in the folder. */
  private inside(): Uri | undefined {
    const { uri } = this.subject;
    return uri && workspace.getWorkspaceFolder(uri) === this.folder ? uri : undefined;
  }
}
