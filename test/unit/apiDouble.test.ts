import assert from "node:assert/strict";
import { ApiDouble, goodKey } from "../support/apiDouble.js";
import { fixture, plainPicture } from "../support/pictures.js";

/** A request that the real API takes; each case changes one thing that it refuses. */
const goodRequest = () => ({
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  stream: true,
  output_config: {
    format: {
      type: "json_schema",
      schema: {
        type: "object",
        properties: { findings: { type: "string" } },
        required: ["findings"],
        additionalProperties: false,
      },
    },
  },
  messages: [
    {
      role: "user",
      content: [image(fixture("flag.png"), "image/png"), { type: "text", text: "What is it?" }],
    },
  ] as object[],
});
type Request = ReturnType<typeof goodRequest>;

const image = (bytes: Buffer, mediaType: string) => ({
  type: "image",
  source: { type: "base64", media_type: mediaType, data: bytes.toString("base64") },
  transformations: { oversized_image: "error" },
});
const asking = (...content: object[]) => [{ role: "user", content }];
const schemaOf = (request: Request, schema: object) => ({
  ...request,
  output_config: { format: { type: "json_schema", schema } },
});
const closed = (properties: object, change: object = {}) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...change,
});

describe("the API double", () => {
  let api: ApiDouble;
  before(async () => {
    api = await new ApiDouble().start();
  });
  after(() => api.stop());

  const send = async (body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${api.url}/v1/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${goodKey}`, "anthropic-version": "2026-10-21", ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };

  it("takes what the real API takes", async () => {
    const { status, text } = await send(goodRequest());
    assert.equal(status, 200);
    assert.match(text, /^event: message_start\n[\s\S]*event: message_stop\n/);
  });

  const cases: Array<[string, number, RegExp, (request: Request) => object | Promise<object>]> = [
    ["an unknown field", 400, /additional/, (request) => ({ ...request, max_token: 1 })],
    ["a missing field", 400, /required/, ({ max_tokens: _, ...request }) => request],
    ["a sampling parameter", 400, /temperature/, (request) => ({ ...request, temperature: 0 })],
    ["an unknown model", 404, /model/, (request) => ({ ...request, model: "claude-9" })],
    ["a forced tool", 400, /forced tool/, (request) => ({ ...request, tool_choice: { type: "any" } })],
    [
      "a prefilled answer",
      400,
      /prefill/,
      (request) => ({ ...request, messages: [...request.messages, { role: "assistant", content: "{" }] }),
    ],
    [
      "a media type that is not the bytes'",
      400,
      /appears to be image\/png/,
      (request) => ({ ...request, messages: asking(image(fixture("flag.png"), "image/jpeg")) }),
    ],
    [
      "data that is no picture",
      400,
      /Could not process/,
      (request) => ({ ...request, messages: asking(image(Buffer.from("no picture"), "image/png")) }),
    ],
    [
      "a picture over the model's limits, naming the size that fits",
      400,
      /downsized to 2576x1288/,
      async (request) => ({
        ...request,
        messages: asking(image(await plainPicture(4000, 2000).png().toBuffer(), "image/png")),
      }),
    ],
    [
      "a side over 8,000 px",
      400,
      /dimensions exceed/,
      async (request) => ({
        ...request,
        messages: asking(image(await plainPicture(8001, 10).png().toBuffer(), "image/png")),
      }),
    ],
    [
      "an open object",
      400,
      /additionalProperties/,
      (request) => schemaOf(request, { type: "object", properties: {} }),
    ],
    [
      "an unsupported keyword",
      400,
      /unsupported keyword maxLength/,
      (request) => schemaOf(request, closed({ a: { type: "string", maxLength: 3 } })),
    ],
    [
      "too many unions",
      400,
      /unions/,
      (request) =>
        schemaOf(
          request,
          closed(
            Object.fromEntries(
              Array.from({ length: 17 }, (_, index) => [
                `a${index}`,
                { anyOf: [{ type: "string" }, { type: "null" }] },
              ]),
            ),
          ),
        ),
    ],
    [
      "too many optional fields",
      400,
      /optional/,
      (request) =>
        schemaOf(
          request,
          closed(
            Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`a${index}`, { type: "string" }])),
            {
              required: [],
            },
          ),
        ),
    ],
    [
      "five cache breakpoints",
      400,
      /maximum of 4/,
      (request) => ({
        ...request,
        system: Array.from({ length: 5 }, () => ({
          type: "text",
          text: "x",
          cache_control: { type: "ephemeral" },
        })),
      }),
    ],
    [
      "more than 32 MB",
      413,
      /maximum size/,
      (request) => ({ ...request, messages: asking({ type: "text", text: "x".repeat(33 * 1024 * 1024) }) }),
    ],
  ];
  for (const [name, status, text, change] of cases) {
    it(`refuses ${name}`, async () => {
      const reply = await send(await change(goodRequest()));
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.text, text);
    });
  }

  it("refuses a wrong key and a missing version", async () => {
    assert.equal((await send(goodRequest(), { authorization: "Bearer sk-wrong" })).status, 401);
    assert.equal((await send(goodRequest(), { "anthropic-version": "2023-06-01" })).status, 400);
  });
});
