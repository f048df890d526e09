import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Frame, FrameLocator, Locator, Page } from "playwright-core";
import { launchChromium } from "./chromium.js";
import { addressOf, plainAddressOf, type RunningServer, startServer } from "./server.js";

export interface LaunchOptions {
  /** The folder to open. */
  workspace: string;
  /** Settings of the machine, where `baseUrl` belongs. */
  settings?: object;
  trust?: boolean;
  /** A folder of installed extensions, used instead of the extension under development. */
  extensions?: string;
  /** Opened as `npm start` does for people: notifications are shown, and only installed extensions are loaded. */
  people?: boolean;
  /** A test module to run inside the host. */
  tests?: string;
  colorScheme?: "light" | "dark";
  headless?: boolean;
  /** Whether the extension host can be killed in a write. */
  killable?: boolean;
}

/** A panel that is redrawn, or a page that opened, may take the focus late: lists stay open all the same. */
const patient = { "workbench.quickOpen.closeOnFocusLost": false };

/** A VS Code window that is used as a person would: by menus, keys and what is on the screen. */
export class VsCode {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
    readonly context: BrowserContext,
    private readonly server: RunningServer,
    /** Violations of a content security policy, in any frame. */
    readonly violations: string[],
    /** Resolves when tests inside the host have ended, with what they printed. */
    readonly testsEnded: Promise<{ code: number; log: string[] }>,
  ) {}

  static async launch(options: LaunchOptions): Promise<VsCode> {
    const server = await startServer({
      trust: options.trust ?? true,
      settings: { ...patient, ...options.settings },
      ...(options.extensions ? { extensions: options.extensions } : {}),
      ...(options.people ? { people: true } : {}),
      ...(options.killable ? { preload: "dist/test/support/killing.main.js" } : {}),
    });
    const browser = await launchChromium(options.headless);
    const context = await browser.newContext({
      viewport: { width: 1500, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
      colorScheme: options.colorScheme ?? "light",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const violations: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
    });
    const log: string[] = [];
    await page.exposeFunction(
      "codeAutomationLog",
      (_type: string, args: unknown[]) => void log.push(args.join(" ")),
    );
    const testsEnded = new Promise<{ code: number; log: string[] }>((done) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => done({ code, log }));
    });
    const code = new VsCode(page, browser, context, server, violations, testsEnded);
    const installed = options.extensions !== undefined;
    await page.goto(
      options.people
        ? plainAddressOf(server, options.workspace)
        : addressOf(server, { ...options, installed }),
    );
    return code;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** A file's row in the explorer. */
  file(name: string): Locator {
    return this.page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: name }).first();
  }

  /** Selects these files in the explorer. A click also opens the file, which may take the selection back. */
  selectFiles(first: string, ...others: string[]): Promise<void> {
    const isOpen = () => this.page.locator(".tab.active").filter({ hasText: first }).waitFor();
    return this.select([first, ...others], isOpen);
  }

  /** Selects these folders in the explorer. A click also folds one open, which may take the selection back. */
  selectFolders(...folders: string[]): Promise<void> {
    return this.select(folders, () => this.page.waitForTimeout(300));
  }

  /** @param settle waits until the click on the first has done what else it does */
  private async select([first = "", ...others]: string[], settle: () => Promise<void>): Promise<void> {
    const selected = this.page.locator(".explorer-folders-view .monaco-list-row.selected");
    do {
      await this.file(first).click();
      await settle();
      for (const other of others) await this.file(other).click({ modifiers: ["ControlOrMeta"] });
      await this.page.waitForTimeout(300);
    } while ((await selected.count()) !== 1 + others.length);
  }

  /** Right-click, then a path through the menus. */
  async contextMenu(on: Locator, ...path: string[]): Promise<void> {
    const menu = this.page.locator(".monaco-menu").getByText(path[0] ?? "", { exact: true });
    // What opens at the same moment takes the focus, and the menu is gone.
    do {
      await on.click({ button: "right" });
      await menu.waitFor({ timeout: 3_000 }).catch(() => this.page.keyboard.press("Escape"));
    } while ((await menu.count()) === 0);
    for (const [index, label] of path.entries()) {
      const exact = this.page.getByText(label, { exact: true });
      await this.page.locator(".monaco-menu .action-item").filter({ has: exact }).last().hover();
      await this.page.keyboard.press(index < path.length - 1 ? "ArrowRight" : "Enter");
    }
  }

  /** Opens the command palette with a text in it. */
  private async palette(text: string): Promise<void> {
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    const input = this.page.locator(".quick-input-widget input").first();
    // A panel that is just being closed swallows the key.
    do {
      await this.page.keyboard.press("F1");
      await input.waitFor({ timeout: 3_000 }).catch(() => undefined);
    } while (!(await input.isVisible()));
    await input.fill(`>${text}`);
  }

  /** Runs a command from the palette, by its full title. */
  async command(title: string): Promise<void> {
    await this.palette(title);
    await this.page.locator(".quick-input-list .monaco-list-row").filter({ hasText: title }).first().click();
  }

  /** Whether the palette offers a command of this title. */
  async offersCommand(title: string): Promise<boolean> {
    await this.palette(title);
    const row = this.page.locator(".quick-input-list .monaco-list-row");
    await row.first().waitFor();
    const offered = (await row.filter({ hasText: title }).count()) > 0;
    await this.page.keyboard.press("Escape");
    return offered;
  }

  /** Answers the question for the key. */
  async typeKey(key: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="password"]');
    await input.fill(key);
    await input.press("Enter");
  }

  /** The inside of the visible webview. */
  get panel(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");
  }

  /** Waits until the double's audit stands in the panel as a whole; findings that arrive before are provisional. */
  async untilAudited(): Promise<void> {
    await this.panel.getByText("White on light green in the pay button").waitFor();
    await this.panel.locator(".facts").waitFor();
  }

  /** The extension's menus are there a moment after the explorer is. */
  async untilMenuHas(file: string, label: string): Promise<void> {
    for (;;) {
      await this.file(file).click({ button: "right" });
      const menu = this.page.locator(".monaco-menu").first();
      await menu.waitFor();
      const found = await menu.getByText(label, { exact: true }).count();
      await this.page.keyboard.press("Escape");
      if (found > 0) return;
      await this.page.waitForTimeout(300);
    }
  }

  /** The extension's commands are there a moment after the window is. */
  async untilCommand(title: string): Promise<void> {
    while (!(await this.offersCommand(title))) await this.page.waitForTimeout(300);
  }

  async untilRequests(api: { requests: readonly unknown[] }, count: number): Promise<void> {
    while (api.requests.length < count) await this.page.waitForTimeout(100);
  }

  /** Opens a file for editing and puts the cursor into it. */
  async open(name: string): Promise<void> {
    await this.file(name).dblclick();
    const editor = this.page
      .locator(`.editor-instance[aria-label*="${name}"], .editor-instance .monaco-editor`)
      .last();
    await editor.waitFor();
    await this.page.locator(".tab.active").filter({ hasText: name }).waitFor();
    await this.page.locator(".editor-group-container.active .monaco-editor .view-lines").first().click();
  }

  /** The page inside the visible webview, to run scripts in. */
  async innerFrame(): Promise<Frame> {
    const body = await this.panel.locator("body").elementHandle();
    const frame = await body?.ownerFrame();
    if (!frame) throw new Error("No panel is open");
    return frame;
  }

  /** VS Code tells a webview its theme by a class and an attribute of the body. */
  async untilTheme(theme: string): Promise<void> {
    await this.panel
      .locator(`body[data-vscode-theme-name="${theme}"], body[data-vscode-theme-id="${theme}"]`)
      .waitFor();
  }

  clipboardTypes(): Promise<readonly string[]> {
    return this.page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types));
  }

  /** Puts a PNG on the clipboard, as a screenshot tool does. */
  async copyPicture(png: Uint8Array): Promise<void> {
    await this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const item = new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) });
      await navigator.clipboard.write([item]);
    }, Buffer.from(png).toString("base64"));
  }

  /** Reloads the window as VS Code itself does: what is open is saved before. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await this.command("Developer: Reload Window");
    await loaded;
  }

  clipboard(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Where the extension keeps what it knows. */
  get storage(): string {
    return join(this.server.data, "storage");
  }

  /** Answers are asked for anew: a test is not to depend on what those before it have asked. */
  async forgetAnswers(): Promise<void> {
    await rm(join(this.storage, "answers"), { recursive: true, force: true, maxRetries: 5 });
  }

  /** Kills the process that extensions run in, as a crash would. */
  killExtensionHost(): void {
    const hosts = this.server.extensionHosts();
    const killed = hosts.filter((host) => {
      try {
        return process.kill(host, "SIGKILL");
      } catch {
        return false; // It has ended.
      }
    });
    if (killed.length === 0) throw new Error("No extension host is running");
  }

  /**
   * Does something in which the extension host is killed, with SIGKILL, in the middle of a write to its storage.
   *
   * @param write a pattern of the file and of how the text begins
   */
  async killedIn(write: RegExp, action: () => Promise<unknown>): Promise<void> {
    const order = `${this.storage}.kill`;
    await writeFile(order, write.source);
    await action();
    while (existsSync(order)) await this.page.waitForTimeout(50);
  }

  /** The buttons of a modal dialog. */
  dialogButton(name: string | RegExp): Locator {
    return this.page.locator(".monaco-dialog-box").getByRole("button", { name });
  }

  /** Every file that the server and the extension have written so far, as one text. */
  async everythingKept(): Promise<string> {
    const entries = await readdir(this.server.data, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const texts = files.map((file) => readFile(join(file.parentPath, file.name), "latin1"));
    return (await Promise.all(texts)).join("\n");
  }

  /** Kept beside the build, to look at what went wrong. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: `.vscode-test/screenshots/${name.replace(/\W+/g, "-")}.png` });
  }
}
