import fc from "fast-check";
import { z } from "zod";
import { hostileText } from "./hostile.js";

/** The part of JSON Schema that our schemas are written in. */
const Schema = z.object({
  get anyOf() {
    return z.array(Schema).optional();
  },
  get oneOf() {
    return z.array(Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  required: z.array(z.string()).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  type: z.string().optional(),
});
type Schema = z.infer<typeof Schema>;

/** Values that a schema takes, as far as it says what these are, with hostile texts. */
export const valuesOf = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  valuesIn(Schema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" })));

function valuesIn(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(valuesIn));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "object": {
      const required = new Set(schema.required);
      const entries = Object.entries(schema.properties ?? {});
      return fc.record(Object.fromEntries(entries.map(([key, value]) => [key, valuesIn(value)])), {
        requiredKeys: entries.flatMap(([key]) => (required.has(key) ? [key] : [])),
      });
    }
    case "array":
      return fc.array(schema.items ? valuesIn(schema.items) : fc.jsonValue(), { maxLength: 6 });
    case "string":
      return hostileText;
    case "integer":
      return fc.oneof(fc.constantFrom(0, 1, 2, -1), fc.integer());
    case "number":
      return fc.oneof(fc.nat(900), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}
