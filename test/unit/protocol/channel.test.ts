import assert from "node:assert/strict";
import { z } from "zod";
import { Channel, type Port, RefusedMessageError } from "../../../src/protocol/channel.js";

const Message = z.object({ text: z.string() });
type Message = z.infer<typeof Message>;

/** Two ends of one line. Messages cross it in their order. */
function line(receive: (message: Message) => unknown, isDeaf = false) {
  const ears: Array<Array<(message: unknown) => void>> = [[], []];
  const port = (own: 0 | 1): Port => ({
    post: (message) => {
      for (const ear of ears[1 - own] ?? []) if (!(isDeaf && own === 0)) ear(structuredClone(message));
    },
    listen: (ear) => {
      ears[own]?.push(ear);
      return () => ears[own]?.splice(ears[own].indexOf(ear), 1);
    },
  });
  const errors: unknown[] = [];
  const options = { incoming: Message, onError: (error: unknown) => errors.push(error) };
  const here = new Channel<Message, unknown>(port(0), { ...options, receive: () => undefined });
  const there = new Channel<Message, Message>(port(1), { ...options, receive });
  return { here, there, errors };
}

describe("the channel between a page and the host", () => {
  it("carries messages, and refuses what the other end cannot have meant", async () => {
    const got: string[] = [];
    const { here, errors } = line(({ text }) => got.push(text));
    here.send({ text: "a" });
    here.send({ words: "b" });
    await new Promise(setImmediate);
    assert.deepEqual(got, ["a"]);
    assert.ok(errors[0] instanceof RefusedMessageError);
  });

  it("settles a request once it was dealt with", async () => {
    let finish = () => {};
    const { here } = line(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    let settled: string | undefined;
    const asking = here.request({ text: "a" }).then((how) => {
      settled = how;
    });
    await new Promise(setImmediate);
    assert.equal(settled, undefined);
    finish();
    await asking;
    assert.equal(settled, "done");
  });

  it("settles a request that fails or is refused, and tells of the error where it happened", async () => {
    const { here, errors } = line(() => Promise.reject(new Error("no")));
    assert.equal(await here.request({ text: "a" }), "failed");
    assert.equal(await here.request({}), "failed");
    assert.equal(errors.length, 2);
  });

  it("settles a request that nobody answers", async () => {
    const { here } = line(() => undefined, true);
    assert.equal(await here.request({ text: "a" }, 5), "timeout");
  });

  it("settles what waits when it is closed, and sends and receives nothing more", async () => {
    const got: string[] = [];
    const { here, there } = line(({ text }) => {
      got.push(text);
      return new Promise(() => {});
    });
    const asking = here.request({ text: "a" });
    here.close();
    assert.equal(await asking, "closed");
    assert.equal(await here.request({ text: "b" }), "closed");
    here.send({ text: "c" });
    there.close();
    assert.deepEqual(got, ["a"]);
  });
});
