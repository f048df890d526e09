import type { z } from "zod";
import type { Application } from "../app/application.js";
import type { MediaType } from "../image/prepared.js";
import type { Connection } from "../providers/connection.js";
import type { RunSettings } from "../run/types.js";
import type { Roots } from "./roots.js";

/** What tools work with. */
export interface ToolContext {
  app: Application;
  roots: Roots;
  /** What the person has set, for every call. */
  settings: Omit<RunSettings, "parameters">;
  /** Absent when there is no key. */
  connection: Connection | undefined;
}

/** What a tool answers. */
export interface ToolAnswer {
  /** Given as JSON; a string as it is. It stands alone: not every agent is shown the picture. */
  text: object | string;
  picture?: { bytes: Uint8Array; mediaType: MediaType };
}

/** One tool, defined once for every door that agents come through. Its words are written for them. */
export interface ToolDefinition<Input extends z.ZodObject> {
  name: `${string}_${string}`;
  title: string;
  description: string;
  input: Input;
  /** Whether it asks a service that costs money; else it works on this machine alone and changes nothing. */
  isPaid?: boolean;
  /**
   * @throws UserError that says what the agent can do
   * @throws CancelledError when the signal aborts
   */
  run(input: z.output<Input>, context: ToolContext, signal: AbortSignal): Promise<ToolAnswer>;
}

/** A tool whose input is known to itself alone, so that tools can be listed and called alike. */
export interface Tool extends Omit<ToolDefinition<z.ZodObject>, "run" | "isPaid"> {
  isPaid: boolean;
  /** @throws UserError also when the input has another form */
  run(input: unknown, context: ToolContext, signal: AbortSignal): Promise<ToolAnswer>;
}
