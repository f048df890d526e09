import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { StalledError, watchedFetch } from "../../../../src/providers/anthropic/watchedFetch.js";

describe("a watched connection", () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const serve = async (listener: RequestListener): Promise<string> => {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it("hands on a whole answer, with status and headers", async () => {
    const url = await serve((_, response) => response.writeHead(201, { "x-a": "b" }).end("hello"));
    const response = await watchedFetch()(url);
    assert.deepEqual(
      [response.status, response.headers.get("x-a"), await response.text()],
      [201, "b", "hello"],
    );
  });

  it("fails when no answer begins", async () => {
    const url = await serve(() => {});
    await assert.rejects(watchedFetch(30)(url), StalledError);
  });

  it("fails when an answer goes silent in the middle", async () => {
    const url = await serve((_, response) => void response.writeHead(200).write("hel"));
    const response = await watchedFetch(2_000)(url);
    await assert.rejects(response.text(), StalledError);
  });

  it("stops when its caller cancels", async () => {
    const url = await serve(() => {});
    const stop = new AbortController();
    const waiting = watchedFetch()(url, { signal: stop.signal });
    stop.abort();
    await assert.rejects(waiting, { name: "AbortError" });
  });

  describe("whose request was garbage collected", () => {
    let closed: Promise<unknown>;
    let url: string;
    beforeEach(async () => {
      let close: (value?: unknown) => void = () => {};
      closed = new Promise((resolve) => {
        close = resolve;
      });
      url = await serve((_, response) => {
        response.once("close", close);
        response.writeHead(200).write("hel");
      });
    });

    async function collect(): Promise<void> {
      setFlagsFromString("--expose-gc");
      const gc = runInNewContext("gc") as () => void;
      for (let times = 0; times < 5; times++) {
        await pause(20);
        gc();
      }
    }

    it("fails when it goes silent, and is closed", async () => {
      const text = watchedFetch(1_000)(url, { redirect: "error" }).then((response) => response.text());
      await Promise.all([assert.rejects(text, StalledError), collect()]);
      await closed;
    });

    it("stops when its caller cancels, and is closed", async () => {
      const stop = new AbortController();
      const { signal } = stop;
      const text = watchedFetch()(url, { redirect: "error", signal }).then((response) => response.text());
      const cancelled = assert.rejects(text, { name: "AbortError" });
      await collect();
      stop.abort();
      await cancelled;
      await closed;
    });
  });
});
