import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { createGenerator } from "ts-json-schema-generator";

/**
 * A validator made from a package's own types, closed against unknown fields. Generating takes seconds, so it
 * is kept in the temporary folder by the package's version.
 */
export function validatorOf<T>(packageName: string, file: string, type: string): ValidateFunction<T> {
  const folder = join("node_modules", packageName);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  const kept = join(tmpdir(), "screenshot-workbench-tests", `${type}-${version}.json`);
  if (!existsSync(kept)) {
    const schema = createGenerator({
      path: join(folder, file),
      tsconfig: "tsconfig.json",
      type,
      skipTypeCheck: true,
      additionalProperties: false,
    }).createSchema(type);
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(schema));
  }
  return new Ajv({ strict: false, validateFormats: false }).compile<T>(
    JSON.parse(readFileSync(kept, "utf8")) as object,
  );
}
