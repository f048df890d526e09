import type { RunResult } from "../pipeline/run.js";

/** A run as a JSON value: the judged answer, the size of what was sent, and what it cost. */
export function runToJson(result: RunResult) {
  const { workflow, picture, judged, report, model, usage, cost, milliseconds, requestId } = result;
  return {
    workflow,
    picture: {
      name: picture.name,
      sha256: picture.sha256,
      width: picture.width,
      height: picture.height,
      prepared: picture.parts.map(({ bytes, ...part }) => ({ ...part, bytes: bytes.length })),
    },
    answer: judged,
    notes: report.notes,
    model,
    usage,
    cost: cost ?? null,
    milliseconds,
    requestId: requestId ?? null,
  };
}
