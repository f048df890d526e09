import { Uri, workspace } from "vscode";
import { UserError } from "../../errors.js";
import { UnusableFileError } from "../../sources/regularFile.js";
import { parseJson } from "../../text/json.js";
import { IgnoreFile, ignoreFile, parametersFor, type Zone } from "../../workflows/compare/zones.js";
import type { Parameters } from "../../workflows/workflow.js";
import { readFile } from "../readFile.js";

/** No honest one is larger. Bytes. */
const mostBytes = 1024 * 1024;

/** The workspace folder that a picture belongs to: its own, or else the first. */
const folderOf = (picture: Uri | undefined): Uri | undefined =>
  (picture && workspace.getWorkspaceFolder(picture)?.uri) ?? workspace.workspaceFolders?.[0]?.uri;

/**
 * What a comparison of this picture is told: the zones that its workspace ignores in it.
 *
 * @throws UserError when the ignore file is none
 */
export async function parametersAt(picture: Uri | undefined): Promise<Parameters> {
  const folder = folderOf(picture);
  if (!folder) return {};
  const { zones } = await read(Uri.joinPath(folder, ignoreFile));
  return parametersFor(zones, picture ? pathIn(picture) : "");
}

/**
 * Adds a zone to the ignore file of the picture's workspace, for this picture alone.
 *
 * @returns where the file is
 * @throws UserError when there is no folder for it, or the file that is there is none
 */
export async function addZone(picture: Uri | undefined, zone: Omit<Zone, "pictures">): Promise<Uri> {
  const folder = folderOf(picture);
  if (!folder)
    throw new UserError({
      code: "wrongInput",
      problem: "There is no folder to keep ignored zones in.",
      advice: "Open the folder that holds the pictures.",
    });
  const file = Uri.joinPath(folder, ignoreFile);
  const { zones } = await read(file);
  const own = picture ? { ...zone, pictures: pathIn(picture) } : zone;
  const written: IgnoreFile = { version: 1, zones: [...zones, own] };
  await workspace.fs.createDirectory(Uri.joinPath(file, ".."));
  await workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(written, null, 2)}\n`));
  return file;
}

const pathIn = (picture: Uri): string => workspace.asRelativePath(picture, false);

/** An empty one where there is none. */
async function read(file: Uri): Promise<IgnoreFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file, mostBytes);
  } catch (error) {
    if (error instanceof UnusableFileError && error.reason === "missing") return { version: 1, zones: [] };
    throw error;
  }
  const parsed = IgnoreFile.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new UserError({
    code: "wrongInput",
    problem: `${ignoreFile} is no ignore file.`,
    advice: "It holds a version and zones, each with a name and a box, words or pictures.",
  });
}
