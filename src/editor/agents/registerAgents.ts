import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  LanguageModelDataPart,
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  McpStdioServerDefinition,
  workspace,
} from "vscode";
import { agentToolId, mcpProvider, section } from "../contributions.js";
import type { Features } from "../features.js";
import type { Log } from "../log.js";
import { type AgentToolName, agentTools } from "../manifest/agentTools.js";
import { requireTrust } from "../trust.js";

/** The server that all clients have, and the tools for what the editor alone knows. */
export function registerAgents(
  context: ExtensionContext,
  log: Log,
  features: () => Promise<Features>,
): Disposable[] {
  return [...registerServer(context, features), ...registerTools(log, features)];
}

function registerServer(context: ExtensionContext, features: () => Promise<Features>): Disposable[] {
  const changed = new EventEmitter<void>();
  const provider = lm.registerMcpServerDefinitionProvider(mcpProvider, {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: async () => {
      const { serverArguments } = await import("./serverArguments.js");
      const options = serverArguments();
      if (!options) return [];
      const version: unknown = context.extension.packageJSON.version;
      return [
        new McpStdioServerDefinition(
          "Screenshot Workbench",
          process.execPath,
          [context.asAbsolutePath("dist/cli.js"), ...options],
          { ELECTRON_RUN_AS_NODE: "1" },
          String(version),
        ),
      ];
    },
    resolveMcpServerDefinition: async (server) => {
      if (!(server instanceof McpStdioServerDefinition)) return server;
      const { services } = await features();
      const connection = await services.keys.known();
      // An empty one: what the editor's environment holds is for the API's own address alone, as the keys know.
      server.env = { ...server.env, ANTHROPIC_API_KEY: connection?.apiKey ?? "" };
      return server;
    },
  });
  const fire = () => changed.fire();
  return [
    changed,
    provider,
    workspace.onDidChangeWorkspaceFolders(fire),
    workspace.onDidGrantWorkspaceTrust(fire),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(section)) fire();
    }),
  ];
}

const registerTools = (log: Log, features: () => Promise<Features>): Disposable[] =>
  (Object.keys(agentTools) as AgentToolName[]).map((name) =>
    lm.registerTool<object>(agentToolId(name), {
      prepareInvocation: () => ({ invocationMessage: agentTools[name].purpose }),
      invoke: async ({ input }, token) => {
        requireTrust();
        const stop = new AbortController();
        const listening = token.onCancellationRequested(() => stop.abort());
        try {
          const { callEditorTool } = await import("./editorTools.js");
          const called = await callEditorTool(name, input, await features(), stop.signal);
          if ("error" in called) {
            if (called.cause !== undefined) log.error(name, called.cause);
            // The editor tells the model what was thrown.
            throw new Error(called.error);
          }
          const { text, picture } = called;
          return new LanguageModelToolResult([
            new LanguageModelTextPart(text),
            ...(picture ? [LanguageModelDataPart.image(picture.bytes, picture.mediaType)] : []),
          ]);
        } finally {
          listening.dispose();
        }
      },
    }),
  );
