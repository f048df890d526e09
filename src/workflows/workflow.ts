import type { z } from "zod";
import type { Detail } from "../image/limits.js";
import type { PreparedPicture } from "../image/prepared.js";
import type { Finding, Report, WorkflowId } from "../report.js";
import { plainValue } from "../text/plain.js";

/** The prepared picture without its bytes: what judging an answer needs, and what is kept with the answer. */
export type PictureGeometry = Omit<PreparedPicture, "parts"> & {
  parts: ReadonlyArray<Omit<PreparedPicture["parts"][number], "bytes">>;
};

/**
 * One job: a prompt, the form of its answer, and how an answer becomes a report. A value, read alone.
 *
 * @typeParam Answer what the model answers, in pixels of the prepared images
 * @typeParam Judged the answer as we stand by it, in pixels of the original
 */
export interface Workflow<Answer, Judged> {
  id: WorkflowId;
  /** As a menu names it. */
  title: string;
  /** Stable to the byte: it is the cached prefix of every request. */
  systemPrompt: string;
  /** Each `.describe()` is written for the model. */
  schema: z.ZodType<Answer>;
  /** How many visual tokens the job deserves. */
  detail: Detail;
  /** Tokens that an answer usually fits in, thinking included. */
  maxTokens: number;
  /** What follows the images in the request. */
  question(picture: PictureGeometry): string;
  judge(answer: Answer, picture: PictureGeometry): Judged;
  report(judged: Judged, picture: PictureGeometry): Report;
  /** The findings that are whole in an answer that is still arriving. */
  provisional?(soFar: string, picture: PictureGeometry): Finding[];
}

/** A workflow whose types are known to itself alone, so that jobs can be listed and run alike. */
export interface Job {
  id: WorkflowId;
  title: string;
  systemPrompt: string;
  schema: z.ZodType<unknown>;
  detail: Detail;
  maxTokens: number;
  question(picture: PictureGeometry): string;
  /**
   * What an answer says, judged and reported. Invisible characters are taken out of its texts, and that is
   * said in the report's notes.
   *
   * @param answer as the model gave it or as it was stored
   * @throws z.ZodError when it is no answer of this job
   */
  read(answer: unknown, picture: PictureGeometry): { judged: unknown; report: Report };
  provisional(soFar: string, picture: PictureGeometry): Finding[];
}

/** An answer as we stand by it: parsed, plain, judged. */
export function judged<Answer, Judged>(
  workflow: Workflow<Answer, Judged>,
  answer: unknown,
  picture: PictureGeometry,
): { judged: Judged; notes: string[] } {
  const { value, changed } = plainValue(workflow.schema.parse(answer));
  const notes =
    changed === 0 ? [] : [`Invisible characters were removed from ${changed} texts of the answer.`];
  return { judged: workflow.judge(value, picture), notes };
}

export function asJob<Answer, Judged>(workflow: Workflow<Answer, Judged>): Job {
  const { id, title, systemPrompt, schema, detail, maxTokens } = workflow;
  return {
    id,
    title,
    systemPrompt,
    schema,
    detail,
    maxTokens,
    question: (picture) => workflow.question(picture),
    read: (answer, picture) => {
      const { judged: stands, notes } = judged(workflow, answer, picture);
      const report = workflow.report(stands, picture);
      return { judged: stands, report: { ...report, notes: [...report.notes, ...notes] } };
    },
    provisional: (soFar, picture) => plainValue(workflow.provisional?.(soFar, picture) ?? []).value,
  };
}
