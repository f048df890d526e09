import { ApiDouble, goodKey } from "./apiDouble.js";
import { type LaunchOptions, VsCode } from "./vscode.js";
import { Workspace } from "./workspace.js";

export interface SessionOptions extends Omit<Partial<LaunchOptions>, "workspace"> {
  /** Files beside the sample pictures. */
  files?: Record<string, string | Uint8Array>;
  /** Set the key before the first test. */
  withKey?: boolean;
  /** Done with the workspace before it is opened. */
  prepare?: (workspace: Workspace) => void;
}

/** A window on a workspace of its own, with the API double behind it, for all tests of a `describe`. */
export interface Session {
  readonly api: ApiDouble;
  readonly workspace: Workspace;
  readonly code: VsCode;
  closePanels(): Promise<void>;
  /** Right-clicks a picture and chooses a workflow. */
  run(file: string, workflow: string): Promise<void>;
}

/** To be called inside a `describe`. A screenshot of each failure is kept in `.vscode-test/screenshots`. */
export function useSession(options: SessionOptions = {}): Session {
  const { files, withKey = false, prepare, ...launch } = options;
  let api: ApiDouble | undefined;
  let workspace: Workspace | undefined;
  let code: VsCode | undefined;
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("The session has not started");
    return part;
  };
  const session: Session = {
    get api() {
      return there(api);
    },
    get workspace() {
      return there(workspace);
    },
    get code() {
      return there(code);
    },
    closePanels: () => session.code.command("View: Close All Editors"),
    run: (file, workflow) => session.code.contextMenu(session.code.file(file), "Screenshot", workflow),
  };

  before(async () => {
    api = await new ApiDouble().start();
    workspace = await Workspace.create(files);
    prepare?.(workspace);
    const settings = { "screenshotWorkbench.baseUrl": api.url, ...launch.settings };
    code = await VsCode.launch({ ...launch, workspace: workspace.folder, settings });
    await code.file("checkout.png").waitFor();
    if (launch.trust === false) return;
    await code.untilMenuHas("checkout.png", "Screenshot");
    if (!withKey) return;
    await code.command("Screenshot: Set API Key");
    await code.typeKey(goodKey);
    await code.page.locator(".statusbar").getByText("The API key works").waitFor();
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await code?.screenshot(this.currentTest.title);
  });
  after(async () => {
    await code?.close();
    await api?.stop();
    await workspace?.remove();
  });
  return session;
}
