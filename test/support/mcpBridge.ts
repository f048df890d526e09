import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { createInterface } from "node:readline";
import { json } from "node:stream/consumers";
import { z } from "zod";

const Message = z.looseObject({ id: z.union([z.string(), z.number()]).optional() });

/**
 * Lets clients that speak HTTP talk to a server that speaks over standard input and output: one after the other, on this
 * machine alone.
 */
export async function bridgeTo(
  command: string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, command, { env: environment, stdio: ["pipe", "pipe", "ignore"] });
  const waiting = new Map<string | number, ServerResponse>();
  createInterface(child.stdout).on("line", (line) => {
    const { id } = Message.parse(JSON.parse(line));
    const response = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || !response) return;
    waiting.delete(id);
    response.setHeader("content-type", "application/json").end(line);
  });
  const server = createServer(async (request, response) => {
    if (request.method !== "POST") return response.writeHead(405).end();
    const message = Message.parse(await json(request));
    if (message.id === undefined) response.writeHead(202).end();
    else waiting.set(message.id, response);
    child.stdin.write(`${JSON.stringify(message)}\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The bridge has no port");
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      const gone = once(child, "exit");
      child.stdin.end();
      await gone;
    },
  };
}
