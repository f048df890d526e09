import assert from "node:assert/strict";
import fc from "fast-check";
import type { z } from "zod";
import { Channel, RefusedMessageError } from "../../src/protocol/channel.js";
import { FindingsAction } from "../../src/protocol/findings.js";
import { GraphAction, GraphState } from "../../src/protocol/graph.js";
import { IssueAction } from "../../src/protocol/issue.js";
import { FromPanel, PanelState, ToPanel } from "../../src/protocol/panel.js";
import { FromSpend, ToSpend } from "../../src/protocol/spend.js";
import { FromTable, TableState, ToTable } from "../../src/protocol/table.js";
import { target } from "./target.js";
import { valuesOf } from "./valuesOf.js";

/** All that crosses between a page and the host, and what a page keeps over a reload. */
const schemas: Record<string, z.ZodType> = {
  FromPanel,
  ToPanel,
  PanelState,
  FindingsAction,
  GraphAction,
  GraphState,
  IssueAction,
  FromTable,
  ToTable,
  TableState,
  FromSpend,
  ToSpend,
};

const message = fc.oneof(
  ...Object.entries(schemas).map(([name, schema]) =>
    fc.record({ name: fc.constant(name), message: fc.oneof(valuesOf(schema), fc.anything()) }),
  ),
);

/** How a message may come: by itself, as a request, or as a reply that nobody waits for. */
const wrapped = fc.oneof(
  message.map(({ name, message: own }) => ({ name, raw: own, request: undefined })),
  fc.tuple(message, fc.nat()).map(([{ name, message: own }, request]) => ({
    name,
    raw: { request, message: own },
    request,
  })),
  fc.tuple(message, fc.anything()).map(([{ name }, outcome]) => ({
    name,
    raw: { reply: 1, outcome },
    request: undefined,
  })),
);

/** Every message is dealt with or refused, and every request is answered once. */
export const messages = target("messages", wrapped, async ({ name, raw, request }) => {
  const schema = schemas[name];
  assert.ok(schema);
  const posted: unknown[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const refused: unknown[] = [];
  const channel = new Channel<unknown, unknown>(
    {
      post: (answer) => posted.push(answer),
      listen: (ear) => {
        hear = ear;
        return () => undefined;
      },
    },
    {
      incoming: schema,
      receive: (read) => assert.ok(schema.safeParse(read).success),
      onError: (error) => refused.push(error),
    },
  );
  hear(raw);
  await new Promise(setImmediate);
  channel.close();
  for (const error of refused) assert.ok(error instanceof RefusedMessageError, String(error));
  assert.equal(posted.length, request === undefined ? 0 : 1);
});
