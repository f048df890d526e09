import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiRefusal, type CheckedRequest, checkRequest, textTokens } from "./apiRules.js";
import { BatchDouble } from "./batchDouble.js";
import { cannedAnswer } from "./cannedAnswers.js";

export const goodKey = "sk-ant-test-0123456789";

/** What the double can be told to do instead of answering. */
export type Fault =
  | { status: number; type: string; message?: string; headers?: Record<string, string> }
  | "hang"
  | "cut"
  | "errorEvent"
  | "invalidJson"
  | "maxTokens"
  | "refusal"
  | "html"
  | "reset";

export interface ReceivedRequest {
  path: string;
  headers: IncomingMessage["headers"];
  /** The body as it came, to be searched for what must not be in it. */
  raw: string;
  body: CheckedRequest | undefined;
}

const models = [
  ["claude-opus-5-5", "Claude Opus 5.5", true],
  ["claude-sonnet-5-5", "Claude Sonnet 5.5", true],
  ["claude-haiku-5-5", "Claude Haiku 5.5", false],
  ["claude-sonnet-4-5", "Claude Sonnet 4.5", false],
] as const;

/** The fewest tokens of a prefix that is cached, by model. */
const cacheFloor = (model: string) => (model === "claude-sonnet-4-5" ? 1024 : 512);

/**
 * The Claude API on loopback: it streams, counts and caches as the real one does, refuses what the real one
 * refuses, and fails when it is told to.
 */
export class ApiDouble {
  readonly requests: ReceivedRequest[] = [];
  /** Faults for the next requests, one each, in order. */
  readonly faults: Fault[] = [];
  /** What is answered; by default something fit for the workflow that asks. */
  answer: (request: CheckedRequest) => unknown = cannedAnswer;
  /** Awaited before each piece of a streamed answer. */
  beforePiece: (piece: number, request: CheckedRequest) => Promise<void> = async () => {};
  /** Lifts the limit that the double knows of a model, so that a smaller one is met. */
  limits: ((model: string) => { longEdge: number; visualTokens: number }) | undefined;
  /** Tokens of all answers that were whole, which is what is certainly billed. */
  readonly bill = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 };
  readonly batches = new BatchDouble((request, isWhole) => this.messageOf(request, isWhole));
  /** Whether requests are kept to be looked at; thousands of them fill the memory. */
  remembers = true;
  /** Questions so far, and how many of them met a fault. */
  readonly counts = { questions: 0, faults: 0 };
  /** Chooses a fault for each question, where none stands in `faults`. */
  nextFault: () => Fault | undefined = () => undefined;
  private readonly cached = new Set<string>();
  private readonly server = createServer((request, response) => void this.handle(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.requests.length = 0;
    this.faults.length = 0;
    this.answer = cannedAnswer;
    this.beforePiece = async () => {};
    this.limits = undefined;
    Object.assign(this.bill, { input: 0, cacheWrite: 0, cacheRead: 0, output: 0 });
    this.batches.held.length = 0;
    this.batches.faults.clear();
    this.batches.endsByItself = false;
  }

  /** The questions asked, without those for models. */
  get questions(): ReceivedRequest[] {
    return this.requests.filter(({ path }) => path === "/v1/messages");
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString("utf8");
    const path = new URL(request.url ?? "/", this.url).pathname;
    const received: ReceivedRequest = { path, headers: request.headers, raw, body: undefined };
    if (this.remembers) this.requests.push(received);
    response.setHeader("request-id", `req_${randomUUID().replaceAll("-", "").slice(0, 20)}`);
    try {
      this.checkHeaders(request, raw);
      if (request.method === "GET" && path === "/v1/models") return this.sendModels(response);
      if (path.startsWith("/v1/messages/batches")) return await this.handleBatches(request, response, raw);
      if (request.method === "POST" && path === "/v1/messages/count_tokens")
        return await this.sendTokenCount(raw, response);
      if (request.method !== "POST" || path !== "/v1/messages")
        throw new ApiRefusal(404, "not_found_error", `No route ${path}`);
      received.body = await this.check(raw);
      await this.sendAnswer(received.body, response);
    } catch (error) {
      if (error instanceof ApiRefusal) sendError(response, error.status, error.type, error.message);
      else {
        console.error("The API double itself failed:", error);
        sendError(response, 500, "api_error", String(error));
      }
    }
  }

  private check = (raw: string): Promise<CheckedRequest> =>
    checkRequest(
      raw,
      models.map(([id]) => id),
      this.limits,
    );

  private async handleBatches(
    request: IncomingMessage,
    response: ServerResponse,
    raw: string,
  ): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    const [, id, what] = /^\/v1\/messages\/batches(?:\/([^/]+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    const route = `${request.method} ${id ? "id" : ""}/${what ?? ""}`;
    if (route === "POST /") {
      const fault = this.faults.shift();
      const failure = typeof fault === "object" ? fault : undefined;
      if (failure && (failure.status < 500 || failure.status === 529)) return this.fail(response, failure);
      // Whatever fails later has made it, and tells nobody.
      const made = await this.batches.create(JSON.parse(raw), (params) => this.check(JSON.stringify(params)));
      if (fault === "hang") return;
      if (fault === "reset") return void response.destroy();
      return failure ? this.fail(response, failure) : sendJson(response, 200, made);
    }
    if (route === "GET /") {
      const [fault] = this.faults;
      if (typeof fault === "object") {
        this.faults.shift();
        return this.fail(response, fault);
      }
      const limit = Number(url.searchParams.get("limit") ?? 20);
      return sendJson(response, 200, this.batches.list(url.searchParams.get("after_id"), limit, this.url));
    }
    if (route === "GET id/") {
      const [fault] = this.faults;
      // What breaks off is for the results.
      if (typeof fault === "object") {
        this.faults.shift();
        return this.fail(response, fault);
      }
      return sendJson(response, 200, this.batches.retrieve(id ?? "", this.url));
    }
    if (route === "POST id/cancel") return sendJson(response, 200, this.batches.cancel(id ?? "", this.url));
    if (route === "GET id/results") {
      const results = this.batches.results(id ?? "");
      response.writeHead(200, { "content-type": "application/binary" });
      if (this.faults.shift() !== "cut") return void response.end(results);
      response.write(results.slice(0, results.length / 2), () => response.destroy());
      return;
    }
    throw new ApiRefusal(404, "not_found_error", `No route ${url.pathname}`);
  }

  private fail(response: ServerResponse, fault: Exclude<Fault, string>): void {
    for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
    sendError(response, fault.status, fault.type, fault.message ?? "Told to fail");
  }

  private async sendTokenCount(raw: string, response: ServerResponse): Promise<void> {
    const { max_tokens, stream, ...body } = JSON.parse(raw) as Record<string, unknown>;
    if (max_tokens !== undefined || stream !== undefined)
      throw new ApiRefusal(400, "invalid_request_error", "max_tokens: Extra inputs are not permitted");
    const request = await this.check(JSON.stringify({ ...body, max_tokens: 1 }));
    const tokens = request.system.reduce((sum, { text }) => sum + textTokens(text), 0);
    sendJson(response, 200, {
      input_tokens: request.pieces.reduce((sum, piece) => sum + piece.tokens, tokens),
    });
  }

  /** A whole answer, as a batch gives it. */
  private messageOf(request: CheckedRequest, isWhole: boolean): object {
    const text = JSON.stringify(this.answer(request));
    const usage = {
      ...this.usageOf(request),
      output_tokens: textTokens(text) + 20,
      output_tokens_details: { thinking_tokens: 20 },
    };
    this.charge(usage);
    return {
      id: `msg_${randomUUID()}`,
      type: "message",
      role: "assistant",
      model: request.model,
      content: [{ type: "text", text: isWhole ? text : text.slice(0, -5), citations: null }],
      stop_reason: "end_turn",
      stop_sequence: null,
      stop_details: null,
      container: null,
      usage,
    };
  }

  private charge(usage: {
    input_tokens: number;
    cache_creation_input_tokens: number;
    cache_read_input_tokens: number;
    output_tokens: number;
  }): void {
    this.bill.input += usage.input_tokens;
    this.bill.cacheWrite += usage.cache_creation_input_tokens;
    this.bill.cacheRead += usage.cache_read_input_tokens;
    this.bill.output += usage.output_tokens;
  }

  private checkHeaders({ headers, url }: IncomingMessage, raw: string): void {
    if (raw.length > (url?.startsWith("/v1/messages/batches") ? 256 : 32) * 1024 * 1024)
      throw new ApiRefusal(413, "request_too_large", "Request exceeds the maximum size");
    if (headers.authorization !== `Bearer ${goodKey}`)
      throw new ApiRefusal(401, "authentication_error", "invalid x-api-key");
    if (headers["anthropic-version"] !== "2026-10-21")
      throw new ApiRefusal(400, "invalid_request_error", "anthropic-version: header is required");
  }

  private sendModels(response: ServerResponse): void {
    const support = (supported: boolean) => ({ supported });
    const data = models.map(([id, display_name, effort]) => ({
      type: "model",
      id,
      display_name,
      created_at: "2026-09-01T00:00:00Z",
      deprecated_at: id === "claude-sonnet-4-5" ? "2026-05-01T00:00:00Z" : null,
      retires_at: id === "claude-sonnet-4-5" ? "2026-11-30T00:00:00Z" : null,
      lifecycle: id === "claude-sonnet-4-5" ? "deprecated" : "active",
      line: null,
      max_input_tokens: 1_000_000,
      max_tokens: 64_000,
      capabilities: {
        image_input: support(true),
        structured_outputs: support(true),
        pdf_input: support(true),
        batch: support(true),
        effort: support(effort),
        thinking: support(true),
      },
    }));
    sendJson(response, 200, { data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id });
  }

  private async sendAnswer(request: CheckedRequest, response: ServerResponse): Promise<void> {
    const fault = this.faults.shift() ?? this.nextFault();
    this.counts.questions++;
    if (fault !== undefined) this.counts.faults++;
    if (typeof fault === "object") return this.fail(response, fault);
    if (fault === "reset") return void response.destroy();
    if (fault === "html") {
      response
        .writeHead(200, { "content-type": "text/html" })
        .end("<html><body>Sign in to the network</body></html>");
      return;
    }
    const stream = new EventStream(response);
    const usage = this.usageOf(request);
    stream.send("message_start", {
      message: {
        id: `msg_${randomUUID()}`,
        type: "message",
        role: "assistant",
        model: request.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        container: null,
        usage: { ...usage, output_tokens: 1, output_tokens_details: null },
      },
    });
    if (fault === "hang") return; // the connection stays open, and silent
    const text = fault === "refusal" ? "" : JSON.stringify(this.answer(request));
    const whole = fault === "invalidJson" ? text.slice(0, -5) : text;
    stream.send("content_block_start", {
      index: 0,
      content_block: { type: "text", text: "", citations: null },
    });
    stream.send("ping", {});
    const told =
      fault === "maxTokens" || fault === "cut" || fault === "errorEvent"
        ? whole.slice(0, whole.length / 2)
        : whole;
    const size = Math.max(24, Math.ceil(told.length / 40));
    for (let offset = 0, piece = 0; offset < told.length; offset += size, piece++) {
      await this.beforePiece(piece, request);
      if (response.destroyed) return;
      stream.send("content_block_delta", {
        index: 0,
        delta: { type: "text_delta", text: told.slice(offset, offset + size) },
      });
    }
    if (fault === "cut") {
      await stream.flushed();
      return void response.destroy();
    }
    if (fault === "errorEvent") {
      stream.send("error", { error: { type: "overloaded_error", message: "Overloaded" } });
      return void response.end();
    }
    stream.send("content_block_stop", { index: 0 });
    const stop_reason = fault === "maxTokens" ? "max_tokens" : fault === "refusal" ? "refusal" : "end_turn";
    const stop_details =
      fault === "refusal"
        ? { type: "refusal", category: "general_harms", explanation: "Told to refuse" }
        : null;
    const final = {
      ...usage,
      output_tokens: textTokens(told) + 20,
      output_tokens_details: { thinking_tokens: 20 },
    };
    this.charge(final);
    stream.send("message_delta", {
      delta: { stop_reason, stop_sequence: null, stop_details, container: null },
      usage: final,
    });
    stream.send("message_stop", {});
    response.end();
  }

  /** Bills each prefix up to a `cache_control` as a cache write the first time and as a read from then on. */
  private usageOf(request: CheckedRequest) {
    const pieces = [
      ...request.system.map(({ text, cache_control }) => ({
        content: text,
        tokens: textTokens(text),
        isCached: cache_control != null,
      })),
      ...request.pieces,
    ];
    let prefix = JSON.stringify([request.model, request.output_config]);
    let tokens = 0;
    let read = 0;
    let written = 0;
    for (const piece of pieces) {
      prefix = createHash("sha256").update(prefix).update(piece.content).digest("hex");
      tokens += piece.tokens;
      if (!piece.isCached || tokens < cacheFloor(request.model)) continue;
      if (this.cached.has(prefix)) read = tokens;
      else written = tokens;
      this.cached.add(prefix);
    }
    return {
      input_tokens: tokens - Math.max(read, written),
      cache_creation_input_tokens: Math.max(0, written - read),
      cache_read_input_tokens: read,
      cache_creation: null,
      inference_geo: null,
      server_tool_use: null,
      service_tier: "standard",
      speed: null,
    };
  }
}

class EventStream {
  constructor(private readonly response: ServerResponse) {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  }

  send(type: string, data: object): void {
    this.response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  }

  /** What was sent so far has left this process. */
  flushed(): Promise<void> {
    return new Promise((resolve) => this.response.write(": flushed\n\n", () => resolve()));
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendError(response: ServerResponse, status: number, type: string, message: string): void {
  sendJson(response, status, {
    type: "error",
    error: { type, message },
    request_id: response.getHeader("request-id"),
  });
}
