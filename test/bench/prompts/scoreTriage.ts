import { z } from "zod";
import type { BugScreen } from "./bugs.js";

const Read = z.object({ value: z.string() }).nullable().optional();

/** What the command line writes of a triage, as far as it is scored. */
export const TriageResult = z.object({ answer: z.record(z.string(), z.unknown()) });

/** How many fields of a bug screenshot are right, and what is said of the others. */
export function scoreTriage(
  { expected }: BugScreen,
  { answer }: z.infer<typeof TriageResult>,
): { right: number; wrong: string[] } {
  const wrong: string[] = [];
  let right = 0;
  for (const [field, wanted] of Object.entries(expected)) {
    const said = textOf(answer[field]);
    if (wanted === "empty" ? said === "" : wanted.test(said)) right++;
    else wrong.push(`${field}: ${JSON.stringify(said)} for ${wanted}`);
  }
  return { right, wrong };
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  const list = z.array(z.string()).safeParse(value);
  if (list.success) return list.data.join("\n");
  return Read.safeParse(value).data?.value ?? "";
}
