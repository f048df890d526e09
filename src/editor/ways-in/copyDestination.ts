import { basename, dirname, extname, relative } from "node:path/posix";
import { languages, type TextDocument, Uri, workspace } from "vscode";
import { z } from "zod";

const Destinations = z.record(z.string(), z.string()).catch({});

/**
 * A free place for a pasted picture: where `markdown.copyFiles.destination` says, else beside the document.
 *
 * @returns undefined for a document that has no place itself, outside of any folder
 */
export async function freePlace(document: TextDocument, name: string): Promise<Uri | undefined> {
  const folder = workspace.getWorkspaceFolder(document.uri)?.uri ?? workspace.workspaceFolders?.[0]?.uri;
  const home = document.isUntitled ? folder : Uri.joinPath(document.uri, "..");
  if (!home) return undefined;
  const wanted = destinationOf(document, folder, name) ?? Uri.joinPath(home, name);
  const ending = extname(wanted.path);
  const stem = wanted.path.slice(0, wanted.path.length - ending.length);
  for (let number = 1; ; number++) {
    const place = wanted.with({ path: `${stem}${number === 1 ? "" : `-${number}`}${ending}` });
    const taken = await workspace.fs.stat(place).then(
      () => true,
      () => false,
    );
    if (!taken) return place;
  }
}

/** The setting's first pattern that matches the document, with its variables replaced, as VS Code reads it. */
function destinationOf(document: TextDocument, folder: Uri | undefined, name: string): Uri | undefined {
  const setting = workspace.getConfiguration("markdown", document.uri).get("copyFiles.destination");
  const match = Object.entries(Destinations.parse(setting)).find(([glob]) => matches(document, glob));
  if (!match) return undefined;
  // A slash at the start means the workspace folder, one at the end that the name is to be added.
  const rooted = match[1].replace(/^\//, "${documentWorkspaceFolder}/");
  const path = replaceVariables(rooted.replace(/\/$/, "/${fileName}"), document.uri, folder, name);
  return path.startsWith("/") ? document.uri.with({ path }) : Uri.joinPath(document.uri, "..", path);
}

function matches(document: TextDocument, glob: string): boolean {
  const anywhere = glob.startsWith("/") ? `**${glob}` : glob.includes("/") ? glob : `**/${glob}`;
  return languages.match({ pattern: anywhere }, document) > 0;
}

function replaceVariables(template: string, document: Uri, folder: Uri | undefined, name: string): string {
  const root = folder?.path ?? dirname(document.path);
  const values: Record<string, string> = {
    documentDirName: dirname(document.path),
    documentRelativeDirName: relative(root, dirname(document.path)),
    documentFileName: basename(document.path),
    documentBaseName: basename(document.path, extname(document.path)),
    documentExtName: extname(document.path).slice(1),
    documentFilePath: document.path,
    documentRelativeFilePath: relative(root, document.path),
    documentWorkspaceFolder: root,
    fileName: name,
    fileExtName: extname(name).slice(1),
    unixTime: String(Date.now()),
    isoTime: new Date().toISOString(),
  };
  return template.replace(/\$\{(\w+)\}/g, (whole, variable: string) => values[variable] ?? whole);
}
