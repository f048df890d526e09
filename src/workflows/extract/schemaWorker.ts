import { parentPort } from "node:worker_threads";
import { Ajv, type ErrorObject, type Options } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { SchemaProblems, SchemaTask } from "./schemaChecker.js";

/** The worker in which data is checked against a person's schema. */
const options: Options = { strict: false, allErrors: true, validateFormats: true, logger: false };

/** More would be read by nobody, a model included. */
const mostProblems = 40;

parentPort?.on("message", (task: SchemaTask) => {
  parentPort?.postMessage(problemsOf(task));
});

function problemsOf({ schema, data }: SchemaTask): SchemaProblems {
  try {
    const isDraft7 = typeof schema.$schema === "string" && schema.$schema.includes("draft-07");
    const ajv = isDraft7 ? new Ajv(options) : new Ajv2020(options);
    addFormats.default(ajv);
    const { $schema: _, ...rest } = schema;
    const validate = ajv.compile(rest);
    return validate(data) ? [] : [...new Set((validate.errors ?? []).map(words))].slice(0, mostProblems);
  } catch (error) {
    return [`The schema cannot be used: ${error instanceof Error ? error.message : String(error)}`];
  }
}

const words = ({ instancePath, message = "is wrong", params }: ErrorObject): string => {
  const allowed: unknown = params.allowedValues;
  const detail = Array.isArray(allowed) ? `: ${allowed.map(String).join(", ")}` : "";
  return `${instancePath || "/"} ${message}${detail}`;
};
