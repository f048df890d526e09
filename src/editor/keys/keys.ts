import { type SecretStorage, window } from "vscode";
import { CancelledError, UserError } from "../../errors.js";
import { type Connection, checkBaseUrl } from "../../providers/anthropic/connection.js";
import { defaultBaseUrl } from "../../providers/anthropic/models.js";
import { settings } from "../settings.js";

/** The API key: kept in the system's keychain, for one address each, so that none is sent elsewhere. */
export class Keys {
  constructor(
    private readonly secrets: SecretStorage,
    private readonly environment: NodeJS.ProcessEnv = process.env,
  ) {}

  /**
   * The address in the settings and its key, which is asked for when there is none.
   *
   * @throws CancelledError when the person does not give one
   */
  async connection(): Promise<Connection> {
    const baseUrl = settings.baseUrl();
    const apiKey = (await this.find(baseUrl)) ?? (await this.ask(baseUrl));
    return { apiKey, baseUrl };
  }

  /** The address in the settings and its key; undefined when there is none. */
  async known(): Promise<Connection | undefined> {
    const baseUrl = settings.baseUrl();
    const apiKey = await this.find(baseUrl);
    return apiKey === undefined ? undefined : { apiKey, baseUrl };
  }

  async find(baseUrl: string): Promise<string | undefined> {
    const { origin } = checkBaseUrl(baseUrl);
    const stored = await this.secrets.get(nameOf(origin));
    if (stored) return stored;
    // The variable's key is for the API itself: a gateway gets only what was typed in for it.
    return origin === new URL(defaultBaseUrl).origin
      ? this.environment.ANTHROPIC_API_KEY || undefined
      : undefined;
  }

  /** Asks for a key, tries it against the API and keeps it. */
  async ask(baseUrl = settings.baseUrl()): Promise<string> {
    const { origin, host } = checkBaseUrl(baseUrl);
    const { listModels } = await import("../../providers/anthropic/listModels.js");
    const apiKey = await window.showInputBox({
      title: "Screenshot Workbench: API Key",
      prompt: `The key for ${host}. It is tried once and kept in your system's keychain.`,
      placeHolder: "sk-ant-…",
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) =>
        /^\s*\S{8,}\s*$/.test(text) ? undefined : "A key has no spaces and at least 8 characters.",
    });
    if (apiKey === undefined) throw new CancelledError();
    const key = apiKey.trim();
    await listModels({ apiKey: key, baseUrl });
    try {
      await this.secrets.store(nameOf(origin), key);
    } catch (cause) {
      throw new UserError({
        code: "keyNotKept",
        problem: "The key could not be kept: this system has no keychain that can be used.",
        advice: "Set up a keyring, or set the environment variable ANTHROPIC_API_KEY.",
        cause,
      });
    }
    return key;
  }

  async remove(): Promise<void> {
    await this.secrets.delete(nameOf(checkBaseUrl(settings.baseUrl()).origin));
  }
}

const nameOf = (origin: string): string => `apiKey:${origin}`;
