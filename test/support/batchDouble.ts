import { randomUUID } from "node:crypto";
import { ApiRefusal, type CheckedRequest } from "./apiRules.js";

/** What becomes of one question of a batch, instead of an answer. */
export type BatchFault = "errored" | "expired" | "canceled" | "invalidJson" | { message: string };

interface BatchedRequest {
  customId: string;
  body: CheckedRequest | ApiRefusal;
}

interface HeldBatch {
  id: string;
  createdAt: Date;
  requests: BatchedRequest[];
  isCanceling: boolean;
  /** One line for each question, once it has ended. */
  results: object[] | undefined;
  counts: Record<"processing" | "succeeded" | "errored" | "canceled" | "expired", number>;
}

/** The Message Batches API of the double: it checks, holds, ends when it is told to, and hands out results by line. */
export class BatchDouble {
  readonly held: HeldBatch[] = [];
  /** Faults by `custom_id`. */
  readonly faults = new Map<string, BatchFault>();
  /** Whether batches end when they are next asked after. */
  endsByItself = false;

  constructor(private readonly messageOf: (request: CheckedRequest, isWhole: boolean) => object) {}

  /**
   * @param check whether the API would take one question's parameters
   * @throws ApiRefusal
   */
  async create(body: unknown, check: (params: unknown) => Promise<CheckedRequest>): Promise<object> {
    const requests = (body as { requests?: unknown }).requests;
    const refuse = (message: string): never => {
      throw new ApiRefusal(400, "invalid_request_error", message);
    };
    if (!Array.isArray(requests) || requests.length === 0) return refuse("requests: at least one");
    if (requests.length > 100_000) return refuse("requests: at most 100000");
    const taken = new Set<string>();
    const checked: BatchedRequest[] = [];
    for (const request of requests as Array<{ custom_id?: unknown; params?: { stream?: unknown } }>) {
      const { custom_id: customId, params, ...others } = request;
      if (typeof customId !== "string" || !/^[a-zA-Z0-9_-]{1,64}$/.test(customId))
        return refuse("custom_id: 1 to 64 letters, digits, _ and -");
      if (taken.has(customId)) return refuse(`custom_id: ${customId} is not unique`);
      if (Object.keys(others).length > 0 || !params) return refuse("requests: custom_id and params alone");
      if (params.stream === true) return refuse("params.stream: not in a batch");
      taken.add(customId);
      // The API looks at the parameters later: what is wrong with one is no reason to refuse the others.
      const checkedBody = await check(params).catch((error: unknown) => {
        if (error instanceof ApiRefusal) return error;
        throw error;
      });
      checked.push({ customId, body: checkedBody });
    }
    const batch: HeldBatch = {
      id: `msgbatch_${randomUUID().replaceAll("-", "").slice(0, 24)}`,
      createdAt: new Date(),
      requests: checked,
      isCanceling: false,
      results: undefined,
      counts: { processing: checked.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    };
    this.held.unshift(batch);
    return this.view(batch, "");
  }

  /** @param url of the double */
  retrieve(id: string, url: string): object {
    const batch = this.find(id);
    const view = this.view(batch, url);
    if (this.endsByItself) this.end(batch);
    return view;
  }

  list(after: string | null, limit: number, url: string): object {
    const from = after === null ? 0 : this.held.findIndex(({ id }) => id === after) + 1;
    const data = this.held.slice(from, from + limit).map((batch) => this.view(batch, url));
    const ids = this.held.slice(from, from + limit).map(({ id }) => id);
    return {
      data,
      has_more: from + limit < this.held.length,
      first_id: ids[0] ?? null,
      last_id: ids.at(-1) ?? null,
    };
  }

  cancel(id: string, url: string): object {
    const batch = this.find(id);
    batch.isCanceling = true;
    return this.view(batch, url);
  }

  results(id: string): string {
    const { results } = this.find(id);
    if (!results) throw new ApiRefusal(404, "not_found_error", "The batch has no results yet");
    return results.map((line) => `${JSON.stringify(line)}\n`).join("");
  }

  /** Ends every batch; what was not answered when it was cancelled is cancelled. */
  endAll(): void {
    for (const batch of this.held) this.end(batch);
  }

  private end(batch: HeldBatch): void {
    if (batch.results) return;
    // In any order.
    batch.results = [...batch.requests].reverse().map(({ customId, body }, index) => {
      const result = this.resultOf(customId, body, batch.isCanceling && index % 2 === 1);
      batch.counts.processing--;
      batch.counts[result.type]++;
      return { custom_id: customId, result };
    });
  }

  private resultOf(
    customId: string,
    body: CheckedRequest | ApiRefusal,
    isCancelled: boolean,
  ): { type: Exclude<keyof HeldBatch["counts"], "processing"> } {
    const fault = this.faults.get(customId);
    const errored = (type: string, message: string) => ({
      type: "errored" as const,
      error: { type: "error", error: { type, message }, request_id: null },
    });
    if (isCancelled || fault === "canceled") return { type: "canceled" };
    if (fault === "expired") return { type: "expired" };
    if (fault === "errored") return errored("api_error", "Told to fail");
    if (typeof fault === "object") return errored("invalid_request_error", fault.message);
    if (body instanceof ApiRefusal) return errored(body.type, body.message);
    const message = this.messageOf(body, fault !== "invalidJson");
    return { type: "succeeded", ...{ message } };
  }

  private find(id: string): HeldBatch {
    const batch = this.held.find((held) => held.id === id);
    if (!batch) throw new ApiRefusal(404, "not_found_error", `There is no batch ${id}`);
    return batch;
  }

  private view({ id, createdAt, isCanceling, results, counts }: HeldBatch, url: string): object {
    return {
      id,
      type: "message_batch",
      archived_at: null,
      cancel_initiated_at: isCanceling ? new Date().toISOString() : null,
      created_at: createdAt.toISOString(),
      ended_at: results ? new Date().toISOString() : null,
      expires_at: new Date(createdAt.getTime() + 86_400_000).toISOString(),
      processing_status: results ? "ended" : isCanceling ? "canceling" : "in_progress",
      request_counts: counts,
      results_url: results ? `${url}/v1/messages/batches/${id}/results` : null,
    };
  }
}
