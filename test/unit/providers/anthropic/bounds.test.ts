import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { UserError } from "../../../../src/errors.js";
import { createClient } from "../../../../src/providers/anthropic/client.js";
import { publishedPrices } from "../../../../src/providers/anthropic/prices.js";
import { withRetries } from "../../../../src/providers/anthropic/retry.js";
import { watchedFetch } from "../../../../src/providers/anthropic/watchedFetch.js";
import { checkBaseUrl } from "../../../../src/providers/connection.js";
import { costOf } from "../../../../src/providers/prices.js";
import { noUsage } from "../../../../src/providers/usage.js";
import { refused } from "../../../support/expect.js";

const bounds = { body: 200_000, line: 50_000, time: 60_000 };

describe("an answer without end (S10)", () => {
  let server: Server | undefined;
  const serve = async (answer: RequestListener): Promise<string> => {
    server = createServer(answer);
    await new Promise<void>((ready) => server?.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/messages`;
  };
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  /** Writes until nobody reads any more. */
  const without =
    (end: string, status = 200): RequestListener =>
    (_, response) => {
      response.writeHead(status);
      const more = () => {
        while (!response.destroyed && response.write(end.repeat(1000)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };

  for (const [what, answer, words] of [
    ["a body", without("data: a\n\n"), /is longer than any/],
    ["a body of comments", without(": ping\n"), /is longer than any/],
    ["a line", without("data"), /has a line without end/],
    ["an error's body", without("error\n", 500), /is longer than any/],
    [
      "a body that grows when it is unpacked",
      ((_, response) => {
        response.writeHead(200, { "content-encoding": "gzip" });
        response.end(gzipSync("a\n".repeat(20_000_000)));
      }) as RequestListener,
      /is longer than any/,
    ],
  ] as const)
    it(`is not read any further: ${what}`, async () => {
      const url = await serve(answer);
      await refused(async () => (await watchedFetch(60_000, bounds)(url)).text(), words);
    });

  it("is not waited for either, though it sends a byte now and then", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200);
      const ticking = setInterval(() => response.write("\n"), 10);
      response.on("close", () => clearInterval(ticking));
    });
    await refused(
      async () => (await watchedFetch(60_000, { ...bounds, time: 200 })(url)).text(),
      /has no end/,
    );
  });

  it("leaves an honest one whole", async () => {
    const url = await serve((_, response) => response.end("data: a\n".repeat(20_000)));
    assert.equal((await (await watchedFetch(60_000, bounds)(url)).text()).length, 160_000);
  });
});

describe("small things about keys, addresses and waits (S13)", () => {
  it("does not send a key that no header can hold", async () => {
    for (const apiKey of ["sk-ant-a\nb", "sk-ant-a ", "", "sk-ant-é"])
      await refused(
        async () => createClient({ apiKey, baseUrl: "https://api.anthropic.com" }),
        /The API key holds/,
      );
  });

  it("takes no address with a query, and repeats no password", async () => {
    for (const text of [
      "https://a.example?x=1",
      "https://a.example#x",
      "https://ada:hunter2@a.example",
      "ftp://ada:hunter2@x",
    ])
      await assert.rejects(
        async () => checkBaseUrl(text),
        (error) => error instanceof UserError && !error.message.includes("hunter2"),
      );
    assert.equal(checkBaseUrl("https://a.example/v").href, "https://a.example/v");
  });

  it("knows no price of a model that is named as what every object has", () => {
    for (const model of ["__proto__", "constructor", "toString"])
      assert.equal(costOf(publishedPrices, model, noUsage), undefined);
  });

  it("says how long the API asks to wait, when that is longer than is waited", async () => {
    const error = new UserError({
      code: "rateLimited",
      problem: "The API's rate limit is reached.",
      advice: "Run it again.",
    });
    const failure = { transient: { error, retryAfter: 3_600_000, isOverload: true } };
    await refused(
      () =>
        withRetries(
          () => Promise.reject(new Error("busy")),
          () => failure,
          {
            signal: new AbortController().signal,
          },
        ),
      /It asks to wait for 60 minutes/,
    );
  });
});
