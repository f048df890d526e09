import { type QuickPickItem, QuickPickItemKind, type Uri, window } from "vscode";
import { CancelledError, toUserError } from "../../errors.js";
import { commitsTouching, mergeBase } from "../../sources/git.js";

/** What a picture or a folder is compared with. */
export type Other<Kind extends string> =
  | (Kind extends string ? { kind: Kind } : never)
  | { kind: "revision"; revision: string };

interface OtherItem<Choice> extends QuickPickItem {
  choice?: Choice;
}

/** @throws CancelledError when nothing is chosen */
export const chooseForPicture = async (picture: Uri): Promise<Other<"file" | "clipboard">> =>
  choose<Other<"file" | "clipboard">>([
    { label: "$(file-media) Another Picture…", choice: { kind: "file" } },
    { label: "$(clippy) From the Clipboard…", choice: { kind: "clipboard" } },
    ...(await revisionsOf(picture)),
  ]);

/** @throws CancelledError when nothing is chosen */
export async function chooseForFolder(
  folder: Uri,
): Promise<{ kind: "within" } | { kind: "folder"; uri: Uri } | { kind: "revision"; revision: string }> {
  const chosen = await choose<Other<"within" | "folder">>([
    {
      label: "$(files) The Pairs in It",
      detail: "*-expected beside *-actual, or the folders before and after",
      choice: { kind: "within" },
    },
    { label: "$(folder) Another Folder…", choice: { kind: "folder" } },
    ...(await revisionsOf(folder)),
  ]);
  if (chosen.kind !== "folder") return chosen;
  const [uri] =
    (await window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      title: "The Folder Before",
    })) ?? [];
  if (!uri) throw new CancelledError();
  return { kind: "folder", uri };
}

async function choose<Choice>(items: OtherItem<Choice>[]): Promise<Choice> {
  const chosen = await window.showQuickPick(items, { title: "Compare with", matchOnDescription: true });
  if (!chosen?.choice) throw new CancelledError();
  return chosen.choice;
}

/** The versions in git, or why there are none. */
async function revisionsOf({
  scheme,
  fsPath,
}: Uri): Promise<OtherItem<{ kind: "revision"; revision: string }>[]> {
  if (scheme !== "file") return [];
  try {
    const touches = await commitsTouching(fsPath);
    const base = await mergeBase(fsPath.replace(/[\\/][^\\/]*$/, ""));
    const item = (label: string, description: string, revision: string) => ({
      label,
      description,
      choice: { kind: "revision" as const, revision },
    });
    return [
      { label: "Its version in git", kind: QuickPickItemKind.Separator },
      item("$(git-commit) HEAD", "the last commit", "HEAD"),
      ...(base ? [item(`$(git-merge) Where the Branch Began`, base.branch, base.commit)] : []),
      ...touches.map(({ commit, day, subject }) =>
        item(`$(git-commit) ${subject}`, `${day} · ${commit.slice(0, 8)}`, commit),
      ),
    ];
  } catch (error) {
    return [{ label: toUserError(error).message, kind: QuickPickItemKind.Separator }];
  }
}
