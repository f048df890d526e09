import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { Agent } from "../support/agent.js";

/** How long the server for agents is left alone before its memory is looked at. Milliseconds. */
const idle = 2_000;

/** From the start of the server for agents to its first answer, and the memory that it holds while it is idle. */
export async function serving(): Promise<Record<string, number | string>> {
  const start = performance.now();
  const agent = await Agent.start(["--root", "media/samples"]);
  await agent.client.listTools();
  const milliseconds = Math.round(performance.now() - start);
  await pause(idle);
  const memory = memoryOf(agent.pid);
  await agent.stop();
  return {
    name: "server for agents",
    "first answer (ms)": milliseconds,
    "idle memory (MB)": memory ?? "not told by this system",
  };
}

/** Resident, in MB; undefined where the system does not tell. */
function memoryOf(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  const [, kilobytes] = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}
