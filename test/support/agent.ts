import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CallToolResult, Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

/** An agent: a client of the command line's server, over its standard input and output. */
export class Agent {
  private constructor(
    readonly client: Client,
    private readonly transport: StdioClientTransport,
  ) {}

  /**
   * @param options what stands behind `mcp` on the command line
   * @param environment beside an empty storage
   */
  static async start(options: string[], environment: Record<string, string> = {}): Promise<Agent> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ["dist/cli.js", "mcp", ...options],
      env: {
        PATH: process.env.PATH ?? "",
        SCREENSHOT_WORKBENCH_STORAGE: await mkdtemp(join(tmpdir(), "agent-")),
        ...environment,
      },
      stderr: "pipe",
    });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
    return new Agent(client, transport);
  }

  get pid(): number {
    const { pid } = this.transport;
    if (pid === null) throw new Error("The server does not run");
    return pid;
  }

  /** Calls a tool. A picture may take its time on a busy machine. */
  async call(name: string, args: Record<string, unknown>, signal?: AbortSignal): Promise<Answer> {
    const result = await this.client.callTool(
      { name, arguments: args },
      { timeout: 240_000, ...(signal ? { signal } : {}) },
    );
    return new Answer(result);
  }

  stop(): Promise<void> {
    return this.client.close();
  }
}

/** What a tool answered. */
export class Answer {
  constructor(private readonly result: CallToolResult) {}

  get isError(): boolean {
    return this.result.isError === true;
  }

  get text(): string {
    return this.result.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  }

  get json(): unknown {
    return JSON.parse(this.text);
  }

  get pictures(): Array<{ bytes: Buffer; mimeType: string }> {
    return this.result.content.flatMap((part) =>
      part.type === "image" ? [{ bytes: Buffer.from(part.data, "base64"), mimeType: part.mimeType }] : [],
    );
  }

  get hasStructure(): boolean {
    return this.result.structuredContent !== undefined;
  }
}
