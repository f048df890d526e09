import { Uri } from "vscode";
import { gitPlaceOf } from "../../sources/git.js";
import { pictureAt as pictureAtPlace } from "../../sources/index.js";
import type { SourcePicture } from "../../sources/picture.js";
import { pictureAt } from "../panel/subjects.js";

/**
 * The picture at a place that was kept: a URI, or `git:REV:path`.
 *
 * @throws UserError when there is none that can be used
 */
export const pictureOfPlace = (place: string): Promise<SourcePicture> =>
  gitPlaceOf(place) ? pictureAtPlace(place) : pictureAt(Uri.parse(place, true));
