import type { z } from "zod";
import type { PreparedPicture } from "../image/prepared.js";
import type { Measurement } from "../measure/measurement.js";
import { secretKinds } from "../measure/secrets.js";
import type { Finding, Report, WorkflowId } from "../report.js";
import { plainValue } from "../text/plain.js";

/** The prepared picture without its bytes: what judging an answer needs, and what is kept with the answer. */
export type PictureGeometry = Omit<PreparedPicture, "parts"> & {
  parts: ReadonlyArray<Omit<PreparedPicture["parts"][number], "bytes">>;
};

/** What is known of a picture before anyone is asked about it. */
export interface PreparedInput {
  picture: PictureGeometry;
  /** Of the original. */
  measurement: Measurement;
}

/** A report without what every report has: the marks. */
export type OwnReport = Omit<Report, "texts" | "controls" | "unsure"> & Partial<Pick<Report, "unsure">>;

/**
 * One workflow: a prompt, the form of its answer, and how an answer becomes a report. A value, read alone.
 *
 * @typeParam Answer what the model answers, in pixels of the prepared images
 * @typeParam Judged the answer as we stand by it, in pixels of the original
 */
export interface WorkflowDefinition<Answer, Judged> {
  id: WorkflowId;
  /** As a menu names it. */
  title: string;
  /** Stable to the byte: it is the cached prefix of every request. */
  systemPrompt: string;
  /** Each `.describe()` is written for the model. */
  schema: z.ZodType<Answer>;
  /** Whether its pictures are often photos of boards and paper, which are then straightened and evened out. */
  photographed?: true;
  /** Tokens that an answer usually fits in, thinking included. */
  maxTokens: number;
  /** Tokens that an answer has as a rule, thinking included: the first guess at its price. */
  usualOutput: number;
  /** What follows the images in the request. */
  question(seen: PreparedInput): string;
  /** What asks for a change of an answer, in a person's words; absent when an answer is final. */
  refinement?(sentence: string): string;
  judge(answer: Answer, seen: PreparedInput): Judged;
  report(judged: Judged, seen: PreparedInput): OwnReport;
  /** What is known without asking anyone; absent when that is nothing. */
  offline?(seen: PreparedInput): Judged;
  /** The findings that are whole in an answer that is still arriving. */
  provisional?(soFar: string, seen: PreparedInput): Finding[];
}

/** A workflow whose types are known to itself alone, so that workflows can be listed and run alike. */
export interface Workflow {
  id: WorkflowId;
  title: string;
  systemPrompt: string;
  schema: z.ZodType<unknown>;
  photographed: boolean;
  maxTokens: number;
  usualOutput: number;
  question(seen: PreparedInput): string;
  refinement: ((sentence: string) => string) | undefined;
  /**
   * What an answer says, judged and reported. Invisible characters are taken out of its texts, and that is
   * said in the report's notes.
   *
   * @param answer as the model gave it or as it was stored
   * @throws z.ZodError when it is no answer of this workflow
   */
  read(answer: unknown, seen: PreparedInput): Evaluation;
  /** What is known without asking anyone, reported; absent when that is nothing. */
  offline: ((seen: PreparedInput) => Evaluation) | undefined;
  provisional(soFar: string, seen: PreparedInput): Finding[];
}

/** What a workflow makes of a picture. */
export interface Evaluation {
  judged: unknown;
  report: Report;
}

/** An answer as we stand by it: parsed, plain, judged. */
export function judged<Answer, Judged>(
  workflow: WorkflowDefinition<Answer, Judged>,
  answer: unknown,
  seen: PreparedInput,
): { judged: Judged; notes: string[] } {
  const { value, changed } = plainValue(workflow.schema.parse(answer));
  const notes =
    changed === 0 ? [] : [`Invisible characters were removed from ${changed} texts of the answer.`];
  return { judged: workflow.judge(value, seen), notes };
}

/** What a workflow knows of a picture: from an answer, or, without one, from the measurements alone. */
export function known<Answer, Judged>(
  workflow: WorkflowDefinition<Answer, Judged>,
  answer: unknown,
  seen: PreparedInput,
): Judged | undefined {
  return answer === undefined ? workflow.offline?.(seen) : judged(workflow, answer, seen).judged;
}

export function defineWorkflow<Answer, Judged>(workflow: WorkflowDefinition<Answer, Judged>): Workflow {
  const { id, title, systemPrompt, schema, maxTokens, usualOutput, offline } = workflow;
  const reading = (stands: Judged, seen: PreparedInput, notes: string[]): Evaluation => {
    const report = workflow.report(stands, seen);
    const { texts, controls } = seen.measurement;
    const all = [...report.notes, ...notes, ...notesOn(seen.measurement)];
    return { judged: stands, report: { unsure: 0, ...report, texts, controls, notes: all } };
  };
  return {
    id,
    title,
    systemPrompt,
    schema,
    photographed: workflow.photographed ?? false,
    maxTokens,
    usualOutput,
    question: (seen) => workflow.question(seen),
    refinement: workflow.refinement,
    read: (answer, seen) => {
      const { judged: stands, notes } = judged(workflow, answer, seen);
      return reading(stands, seen, notes);
    },
    offline: offline && ((seen) => reading(offline(seen), seen, [])),
    provisional: (soFar, seen) => plainValue(workflow.provisional?.(soFar, seen) ?? []).value,
  };
}

/** What was covered, and what makes the picture hard to read. */
export function notesOn({ secrets, covered, quality }: Measurement): string[] {
  const places = secrets.map(
    ({ kind, box }) => `a likely ${secretKinds[kind]} at ${Math.round(box.x)}, ${Math.round(box.y)}`,
  );
  return [
    ...(places.length > 0 && covered
      ? [`Covered in the picture before it was used: ${places.join("; ")} (px of the original).`]
      : []),
    ...(places.length > 0 && !covered
      ? [`Sent uncovered, as you chose: ${places.join("; ")} (px of the original).`]
      : []),
    ...quality.map(({ problem, advice }) => `About the picture: ${problem} ${advice}`),
  ];
}
