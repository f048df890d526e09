import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { FromPanel, type ToPanel } from "../../src/protocol/panel.js";
import { panelStyles, type Theme } from "./panelThemes.js";

/** What VS Code gives a webview in each theme; written by themes.main.ts. */
const looks = JSON.parse(readFileSync("test/fixtures/themes.json", "utf8")) as Record<
  Theme,
  { kind: string; values: Record<string, string> }
>;

/** The panel's page by itself, as it is in a webview, with the test in the host's place. */
export class PanelPage {
  private constructor(
    readonly page: Page,
    /** What the page has sent. */
    readonly sent: FromPanel[],
    /** What went wrong in it. */
    readonly errors: string[],
  ) {}

  static async open(
    browser: Browser,
    theme: Theme,
    size: { width: number; height: number },
  ): Promise<PanelPage> {
    const page = await browser.newPage({ viewport: size });
    const sent: FromPanel[] = [];
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.exposeFunction("toHost", (message: unknown) => {
      const request = message instanceof Object && "message" in message ? message.message : message;
      sent.push(FromPanel.parse(request));
    });
    await page.addInitScript(() => {
      Object.assign(window, {
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) =>
            (window as unknown as { toHost(m: unknown): void }).toHost(message),
          setState: () => undefined,
        }),
        // What stood on the page and was moved, and how far.
        shifts: [] as string[],
      });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const { value, sources } = entry as unknown as {
            value: number;
            sources: Array<{ node: Node | null; previousRect: DOMRect; currentRect: DOMRect }>;
          };
          const isMoved = ({ previousRect: from, currentRect: to }: (typeof sources)[number]) =>
            from.x !== to.x || from.y !== to.y;
          const moved = sources.filter(isMoved).map(({ node, previousRect: from, currentRect: to }) => {
            const name = node instanceof Element ? `${node.localName}.${node.className}` : node?.nodeName;
            return `${name} from ${from.x},${from.y} to ${to.x},${to.y}`;
          });
          if (moved.length > 0)
            (window as unknown as { shifts: string[] }).shifts.push(`${value}: ${moved.join("; ")}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    const [css, script] = await Promise.all([
      Promise.all(panelStyles.map((file) => readFile(`dist/panel/${file}`, "utf8"))),
      readFile("dist/panel/panel.js", "utf8"),
    ]);
    const { kind, values } = looks[theme];
    const variables = Object.entries(values).map(([name, value]) => `${name}: ${value};`);
    await page.route("http://panel.test/", (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<!DOCTYPE html><html lang="en"><head><title>Panel</title><style>:root { ${variables.join(" ")} }</style><style>${css.join("\n")}</style></head><body class="${kind}"><main id="app"></main></body></html>`,
      }),
    );
    await page.goto("http://panel.test/");
    await page.addScriptTag({ content: script });
    return new PanelPage(page, sent, errors);
  }

  /** As VS Code sends it: as JSON. */
  send(...messages: ToPanel[]): Promise<void> {
    return this.page.evaluate((text) => {
      const all: unknown = JSON.parse(text);
      for (const data of Array.isArray(all) ? all : [])
        window.dispatchEvent(new MessageEvent("message", { data }));
    }, JSON.stringify(messages));
  }

  /** What stood on the page and was moved so far, and where to. */
  shifts(): Promise<string[]> {
    return this.page.evaluate(
      () =>
        new Promise<string[]>((resolve) =>
          requestAnimationFrame(() =>
            setTimeout(() => resolve((window as unknown as { shifts: string[] }).shifts), 50),
          ),
        ),
    );
  }
}
