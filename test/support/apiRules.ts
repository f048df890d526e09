import type { MessageCreateParamsBase } from "@anthropic-ai/sdk/resources/messages/messages";
import type { ValidateFunction } from "ajv";
import sharp from "sharp";
import { validatorOf } from "./schemaFromTypes.js";

/** A request that the real API refuses. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const refuse = (message: string): never => {
  throw new ApiRefusal(400, "invalid_request_error", message);
};

export interface ReceivedImage {
  bytes: Buffer;
  mediaType: string;
  width: number;
  height: number;
  visualTokens: number;
}

/** A request that the real API would take, with what tests look at. */
export interface CheckedRequest {
  model: string;
  maxTokens: number;
  system: Array<{ text: string; cache_control?: object | null }>;
  output_config: MessageCreateParamsBase["output_config"];
  schema: Record<string, unknown>;
  images: ReceivedImage[];
  /** All text, of every turn. */
  text: string;
  /** The text of the conversation, a block each. */
  turns: Array<{ role: string; text: string }>;
  /** The messages as the cache sees them. */
  pieces: Piece[];
}

interface Piece {
  content: string;
  tokens: number;
  /** Whether everything up to here is to be cached. */
  isCached: boolean;
}

export const textTokens = (text: string) => Math.ceil(text.length / 3.6);

/** The shape of a request, from the SDK's own types: wrong types and unknown fields are found. */
const requestShape = () =>
  validatorOf<MessageCreateParamsBase>(
    "@anthropic-ai/sdk",
    "resources/messages/messages.d.ts",
    "MessageCreateParamsBase",
  );

let shape: ValidateFunction<MessageCreateParamsBase> | undefined;

export async function checkRequest(
  raw: string,
  models: readonly string[],
  limits: ((model: string) => Limits) | undefined,
): Promise<CheckedRequest> {
  const body = parse(raw);
  shape ??= requestShape();
  if (!shape(body)) {
    const error = shape.errors?.[0];
    return refuse(
      `${error?.instancePath ?? ""}: ${error?.message ?? ""} ${JSON.stringify(error?.params ?? {})}`,
    );
  }
  if (!models.includes(body.model)) throw new ApiRefusal(404, "not_found_error", `model: ${body.model}`);
  if (body.tool_choice && ["any", "tool"].includes(body.tool_choice.type))
    refuse("tool_choice: forced tool use is not supported");
  if (body.thinking?.type === "enabled") refuse("thinking.enabled: not supported on this model");
  if (body.messages.at(-1)?.role === "assistant")
    refuse("This model does not support assistant message prefill");
  if (body.output_config?.effort && /haiku|4-5/.test(body.model))
    refuse("output_config.effort: not supported on this model");
  if ((raw.match(/"cache_control":\{/g) ?? []).length > 4)
    refuse("A maximum of 4 blocks with cache_control may be provided");
  const schema = body.output_config?.format?.schema ?? {};
  checkSchema(schema);

  const images: ReceivedImage[] = [];
  const texts: string[] = [];
  const turns: CheckedRequest["turns"] = [];
  const pieces: Piece[] = [];
  const count = raw.split('"type":"image"').length - 1;
  for (const [index, { role, content }] of body.messages.entries()) {
    if (index === 0 && role !== "user") refuse("messages: first message must use the user role");
    const blocks = typeof content === "string" ? [{ type: "text" as const, text: content }] : content;
    for (const block of blocks) {
      const isCached = "cache_control" in block && block.cache_control != null;
      if (block.type === "text") {
        texts.push(block.text === "" ? refuse("text content blocks must be non-empty") : block.text);
        turns.push({ role, text: block.text });
        pieces.push({ content: block.text, tokens: textTokens(block.text), isCached });
      }
      if (block.type === "image") {
        const image = await checkImage(block, count, (limits ?? limitsOf)(body.model));
        images.push(image);
        pieces.push({ content: JSON.stringify(block), tokens: image.visualTokens, isCached });
      }
    }
  }
  return {
    model: body.model,
    maxTokens: body.max_tokens,
    system: typeof body.system === "string" ? [{ text: body.system }] : (body.system ?? []),
    output_config: body.output_config,
    schema,
    images,
    text: texts.join("\n"),
    turns,
    pieces,
  };
}

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return refuse("The request body is not valid JSON");
  }
}

const keywords = new Set(
  "type properties required additionalProperties items enum const anyOf allOf $ref $defs description title format minItems default".split(
    " ",
  ),
);

/** Structured output: closed objects, few unions and optional fields, no keyword that cannot be enforced. */
function checkSchema(root: Record<string, unknown>): void {
  let unions = 0;
  let optional = 0;
  const walk = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    const node = schema as Record<string, unknown>;
    for (const keyword of Object.keys(node))
      if (!keywords.has(keyword)) refuse(`output_config.format.schema: unsupported keyword ${keyword}`);
    if (node.type === "object") {
      if (node.additionalProperties !== false)
        refuse("output_config.format.schema: objects need additionalProperties: false");
      const properties = Object.keys(node.properties ?? {});
      optional += properties.length - ((node.required as string[] | undefined)?.length ?? 0);
    }
    if (Array.isArray(node.type) || node.anyOf) unions++;
    if (typeof node.minItems === "number" && node.minItems > 1)
      refuse("output_config.format.schema: minItems over 1");
    for (const inner of Object.values((node.properties ?? {}) as object)) walk(inner);
    for (const inner of Object.values((node.$defs ?? {}) as object)) walk(inner);
    for (const inner of [
      ...((node.anyOf as unknown[]) ?? []),
      ...((node.allOf as unknown[]) ?? []),
      node.items,
    ])
      walk(inner);
  };
  walk(root);
  if (unions > 16) refuse("output_config.format.schema: too many unions");
  if (optional > 24) refuse("output_config.format.schema: too many optional fields");
}

interface Limits {
  longEdge: number;
  visualTokens: number;
}

const limitsOf = (model: string): Limits =>
  model === "claude-sonnet-4-5"
    ? { longEdge: 1568, visualTokens: 1568 }
    : { longEdge: 2576, visualTokens: 4784 };

const tokens = (width: number, height: number) => Math.ceil(width / 28) * Math.ceil(height / 28);

interface ImageBlock {
  source: { type: string; media_type?: string; data?: string };
  transformations?: { oversized_image?: string } | null;
}

async function checkImage(block: ImageBlock, count: number, limits: Limits): Promise<ReceivedImage> {
  const { media_type: mediaType = "", data = "" } = block.source;
  if (block.source.type !== "base64") refuse("The double takes base64 images only");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) refuse("image.source.base64: invalid base64 data");
  if (data.length > 5 * 1024 * 1024) refuse("image exceeds 5 MB maximum");
  const bytes = Buffer.from(data, "base64");
  const read = await sharp(bytes, { failOn: "truncated" })
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch(() => refuse("Could not process image"));
  const { format } = await sharp(bytes).metadata();
  const { width, height } = read.info;
  if (`image/${format}` !== mediaType)
    refuse(`The image was specified using the ${mediaType} media type, but appears to be image/${format}`);
  if (Math.max(width, height) > (count > 20 ? 2000 : 8000))
    refuse("At least one of the image dimensions exceed max allowed size");
  const padded = { width: Math.ceil(width / 28) * 28, height: Math.ceil(height / 28) * 28 };
  if (
    Math.max(padded.width, padded.height) > Math.ceil(limits.longEdge / 28) * 28 ||
    tokens(width, height) > limits.visualTokens
  ) {
    const fit = largestFit(width, height, limits);
    if (block.transformations?.oversized_image === "error")
      refuse(
        `image would be downsized to ${fit}; scale the image to at most ${fit} pixels or allow downsizing`,
      );
  }
  return { bytes, mediaType, width, height, visualTokens: tokens(width, height) };
}

/** Found by trying every long edge: deliberately not the code under test. */
function largestFit(width: number, height: number, limits: Limits): string {
  for (let edge = limits.longEdge; edge > 0; edge--) {
    const scale = edge / Math.max(width, height);
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (tokens(w, h) <= limits.visualTokens) return `${w}x${h}`;
  }
  return "1x1";
}
