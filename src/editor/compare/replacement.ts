import { Uri, workspace } from "vscode";
import type { SourcePicture } from "../../sources/picture.js";
import type { Subject } from "../panel/subjects.js";
import { readPicture } from "../ways-in/pictures.js";

/**
 * One of two compared pictures in the place of the other on the disk: the new one where it is accepted, the old one
 * where it is rejected. What stood there is kept until the panel is closed, so that it can be put back.
 */
export class Replacement {
  private replaced: { as: "accepted" | "rejected"; place: Uri; bytes: Uint8Array } | undefined;

  constructor(private readonly subject: Pick<Subject, "uri" | "before" | "bytes">) {}

  /** Whether the old picture is a file that the new one can replace. */
  get canAccept(): boolean {
    return this.replaced === undefined && this.placeBefore !== undefined;
  }

  /** Whether the new picture is a file that the old one can replace. */
  get canReject(): boolean {
    return this.replaced === undefined && this.subject.before !== undefined && isFile(this.subject.uri);
  }

  get done(): "accepted" | "rejected" | undefined {
    return this.replaced?.as;
  }

  async accept(): Promise<void> {
    const place = this.placeBefore;
    if (place && this.canAccept) await this.replace("accepted", place, await this.subject.bytes());
  }

  async reject(): Promise<void> {
    const { uri, before } = this.subject;
    if (uri && before && this.canReject) await this.replace("rejected", uri, await before.bytes());
  }

  /** Puts back what was replaced. */
  async undo(): Promise<void> {
    const { replaced } = this;
    if (!replaced) return;
    await workspace.fs.writeFile(replaced.place, replaced.bytes);
    this.replaced = undefined;
  }

  private get placeBefore(): Uri | undefined {
    const { before } = this.subject;
    return before && placeOf(before);
  }

  private async replace(as: "accepted" | "rejected", place: Uri, bytes: Uint8Array): Promise<void> {
    const old = (await readPicture(place)).bytes;
    await workspace.fs.writeFile(place, bytes);
    this.replaced = { as, place, bytes: old };
  }
}

/** Where a picture is on the disk; a version in git is not. */
function placeOf({ uri }: SourcePicture): Uri | undefined {
  const place =
    uri?.startsWith("file:") || uri?.startsWith("vscode-remote:") ? Uri.parse(uri, true) : undefined;
  return isFile(place) ? place : undefined;
}

/** Whether it can be written: VS Code's own views of git cannot. */
const isFile = (uri: Uri | undefined): uri is Uri =>
  uri !== undefined && workspace.fs.isWritableFileSystem(uri.scheme) === true;
