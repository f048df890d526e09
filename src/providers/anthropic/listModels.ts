import { NotFoundError } from "@anthropic-ai/sdk/core/error";
import { CancelledError, UserError } from "../../errors.js";
import { createClient } from "./client.js";
import type { Connection } from "./connection.js";
import { failureOf } from "./failures.js";
import { builtInModels, type Model } from "./models.js";

/**
 * The models that this key can use and that can see pictures, newest first. One request; it costs nothing,
 * so it also checks the key.
 *
 * @throws UserError when the key is refused or the API cannot be reached
 */
export async function listModels(connection: Connection, signal?: AbortSignal): Promise<Model[]> {
  const models: Model[] = [];
  try {
    for await (const model of createClient(connection).models.list(
      { limit: 100 },
      { signal: signal ?? null },
    )) {
      if (model.lifecycle === "retired") continue;
      const { capabilities } = model;
      models.push({
        id: model.id,
        name: model.display_name,
        usable:
          capabilities === null ||
          (capabilities.image_input.supported && capabilities.structured_outputs.supported),
        effort: capabilities?.effort.supported ?? false,
        about: aboutOf(model),
      });
    }
  } catch (error) {
    if (error instanceof NotFoundError) throw noModels(error);
    const failure = failureOf(error, connection.apiKey);
    if (signal?.aborted) throw new CancelledError();
    throw "final" in failure ? failure.final : failure.transient.error;
  }
  return models;
}

const noModels = (cause: unknown) =>
  new UserError({
    code: "wrongSettings",
    problem: "The address in the settings is no Claude API: it lists no models.",
    advice: "Look at screenshotWorkbench.baseUrl.",
    cause,
  });

function aboutOf(model: { id: string; lifecycle: string; retires_at: string | null }): string {
  const known = builtInModels.find(({ id }) => id === model.id)?.about;
  const ending =
    model.lifecycle === "deprecated" ? `retires ${model.retires_at?.slice(0, 10) ?? "soon"}` : undefined;
  return [known, ending].filter((part) => part !== undefined).join(", ");
}
