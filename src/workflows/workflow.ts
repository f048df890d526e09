import type { z } from "zod";
import type { PreparedPicture } from "../image/prepared.js";
import type { Comparison } from "../measure/compare/comparison.js";
import type { Measurement } from "../measure/measurement.js";
import { secretKinds } from "../measure/secrets.js";
import type { Box, Finding, Report, WorkflowId } from "../report.js";
import { plainValue } from "../text/plain.js";
import type { WorkflowPresentation } from "./presentation.js";

/** The prepared picture without its bytes: what evaluating an answer needs, and what is kept with the answer. */
export type PictureGeometry = Omit<PreparedPicture, "parts" | "overview" | "crops"> & {
  parts: ReadonlyArray<Omit<PreparedPicture["parts"][number], "bytes">>;
};

/** What is known of one picture before anyone is asked about it. */
export interface PreparedInput {
  /** What the question calls the picture, such as “before”; empty when there is only one. */
  label: string;
  picture: PictureGeometry;
  /** Of the original. */
  measurement: Measurement;
  /** How it differs from the picture before it, where a workflow compares. */
  comparison?: Comparison | undefined;
}

/** A run is about a list of pictures, usually of one. */
export type PreparedInputs = readonly [PreparedInput, ...PreparedInput[]];

/** What a workflow was told beyond the pictures, by the names that it declares. */
export type Parameters = Readonly<Record<string, z.infer<ReturnType<typeof z.json>>>>;

/** How two pictures are compared for a workflow. */
export interface Compares {
  /** What is not compared: pixels of the picture after. */
  ignored(parameters: Parameters): Box[];
}

/** A report without what every report has: the marks, which are those of all pictures unless it says otherwise. */
export type OwnReport = Omit<Report, "texts" | "controls" | "unsure" | "undecided"> &
  Partial<Pick<Report, "texts" | "controls" | "unsure" | "undecided">>;

/**
 * One workflow: a prompt, the form of its answer, and how an answer becomes a report. A value, read alone.
 *
 * @typeParam Answer what the model answers, in pixels of the prepared images
 * @typeParam Evaluated the answer as we stand by it, in pixels of the original
 */
export interface WorkflowDefinition<Answer, Evaluated> {
  id: WorkflowId;
  /** As a menu names it. */
  title: string;
  /** What it says about itself to people. */
  presentation: WorkflowPresentation;
  /** Stable to the byte: it is the cached prefix of every request. */
  systemPrompt: string;
  /** Each `.describe()` is written for the model. */
  schema: z.ZodType<Answer>;
  /** Whether its pictures are often photos of boards and paper, which are then straightened and evened out. */
  photographed?: true;
  /** For a workflow about two pictures, before and after, which are compared. */
  compares?: Compares;
  /** Tokens that an answer usually fits in, thinking included. */
  maxTokens: number;
  /** Tokens that an answer usually has, thinking included: the first guess at its price. */
  usualOutput: number;
  /** What follows the images in the request. */
  question(inputs: PreparedInputs, parameters: Parameters): string;
  /** What asks for a change of an answer, in a person's words; absent when an answer is final. */
  refinement?(sentence: string): string;
  evaluate(answer: Answer, inputs: PreparedInputs, parameters?: Parameters): Evaluated;
  report(evaluated: Evaluated, inputs: PreparedInputs): OwnReport;
  /** The schema of a person's own that the data has to conform to; absent where there is none. */
  conforms?(evaluated: Evaluated): Conformity | undefined;
  /** What is known without asking anyone; absent when that is nothing. */
  offline?(inputs: PreparedInputs, parameters?: Parameters): Evaluated;
  /** Whether the pixels alone say all that there is to say, so that nobody is asked; absent where they never do. */
  isSettled?(inputs: PreparedInputs, parameters?: Parameters): boolean;
  /** The findings that are whole in an answer that is still arriving. */
  provisional?(soFar: string, inputs: PreparedInputs): Finding[];
}

/** A workflow whose types are known to itself alone, so that workflows can be listed and run alike. */
export interface Workflow {
  id: WorkflowId;
  title: string;
  presentation: WorkflowPresentation;
  systemPrompt: string;
  schema: z.ZodType<unknown>;
  photographed: boolean;
  compares: Compares | undefined;
  maxTokens: number;
  usualOutput: number;
  question(inputs: PreparedInputs, parameters: Parameters): string;
  refinement: ((sentence: string) => string) | undefined;
  /**
   * What an answer says, evaluated and reported. Invisible characters are taken out of its texts, and that is
   * said in the report's notes.
   *
   * @param answer as the model gave it or as it was stored
   * @throws z.ZodError when it is no answer of this workflow
   */
  evaluate(answer: unknown, inputs: PreparedInputs, parameters?: Parameters): Evaluation;
  /** What is known without asking anyone, reported; absent when that is nothing. */
  offline: ((inputs: PreparedInputs, parameters?: Parameters) => Evaluation) | undefined;
  /** Whether the pixels alone say all that there is to say, so that nobody is asked. */
  isSettled(inputs: PreparedInputs, parameters?: Parameters): boolean;
  provisional(soFar: string, inputs: PreparedInputs): Finding[];
}

/** What a workflow makes of its pictures. */
export interface Evaluation {
  evaluated: unknown;
  report: Report;
  /** What has to be checked in a worker, because a stranger may have written it. */
  conformity?: Conformity | undefined;
}

/** Data, and the JSON Schema of a person's own that it has to conform to. */
export interface Conformity {
  schema: { readonly [key: string]: z.infer<ReturnType<typeof z.json>> };
  data: z.infer<ReturnType<typeof z.json>>;
}

/** An answer as we stand by it: parsed, plain, evaluated. @throws z.ZodError when it is no answer of the workflow */
export function evaluateAnswer<Answer, Evaluated>(
  workflow: WorkflowDefinition<Answer, Evaluated>,
  answer: unknown,
  inputs: PreparedInputs,
  parameters?: Parameters,
): { evaluated: Evaluated; notes: string[] } {
  const { value, changed } = plainValue(workflow.schema.parse(answer));
  const notes =
    changed === 0 ? [] : [`Invisible characters were removed from ${changed} texts of the answer.`];
  return { evaluated: workflow.evaluate(value, inputs, parameters), notes };
}

/** What a workflow knows of its pictures: from an answer, or, without one, from the measurements alone. */
export function known<Answer, Evaluated>(
  workflow: WorkflowDefinition<Answer, Evaluated>,
  answer: unknown,
  inputs: PreparedInputs,
  parameters?: Parameters,
): Evaluated | undefined {
  return answer === undefined
    ? workflow.offline?.(inputs, parameters)
    : evaluateAnswer(workflow, answer, inputs, parameters).evaluated;
}

export function defineWorkflow<Answer, Evaluated>(workflow: WorkflowDefinition<Answer, Evaluated>): Workflow {
  const { id, title, presentation, systemPrompt, schema, maxTokens, usualOutput, offline } = workflow;
  const evaluation = (evaluated: Evaluated, inputs: PreparedInputs, notes: string[]): Evaluation => {
    const report = workflow.report(evaluated, inputs);
    const texts = inputs.flatMap(({ measurement }) => measurement.texts);
    const controls = inputs.flatMap(({ measurement }) => measurement.controls);
    const own = inputs.flatMap(({ measurement }) => notesOn(measurement));
    const conformity = workflow.conforms?.(evaluated);
    return {
      evaluated,
      ...(conformity ? { conformity } : {}),
      report: {
        unsure: 0,
        undecided: [],
        texts,
        controls,
        ...report,
        notes: [...report.notes, ...notes, ...own],
      },
    };
  };
  return {
    id,
    title,
    presentation,
    systemPrompt,
    schema,
    photographed: workflow.photographed ?? false,
    compares: workflow.compares,
    maxTokens,
    usualOutput,
    question: (inputs, parameters) => workflow.question(inputs, parameters),
    refinement: workflow.refinement,
    evaluate: (answer, inputs, parameters) => {
      const { evaluated, notes } = evaluateAnswer(workflow, answer, inputs, parameters);
      return evaluation(evaluated, inputs, notes);
    },
    offline: offline && ((inputs, parameters) => evaluation(offline(inputs, parameters), inputs, [])),
    isSettled: (inputs, parameters) => workflow.isSettled?.(inputs, parameters) ?? false,
    provisional: (soFar, inputs) => plainValue(workflow.provisional?.(soFar, inputs) ?? []).value,
  };
}

/** What was covered, and what makes the picture hard to read. */
export function notesOn({ secrets, covered, covers = [], quality }: Measurement): string[] {
  const places = secrets.map(
    ({ kind, box }) => `a likely ${secretKinds[kind]} at ${Math.round(box.x)}, ${Math.round(box.y)}`,
  );
  return [
    ...(covers.length > 0
      ? [
          `Covered by hand before it was used: ${covers.length === 1 ? "one place" : `${covers.length} places`}.`,
        ]
      : []),
    ...(places.length > 0 && covered
      ? [`Covered in the picture before it was used: ${places.join("; ")} (px of the original).`]
      : []),
    ...(places.length > 0 && !covered
      ? [`Sent uncovered, as you chose: ${places.join("; ")} (px of the original).`]
      : []),
    ...quality.map(({ problem, advice }) => `About the picture: ${problem} ${advice}`),
  ];
}
