import { countPages } from "../../src/image/pdf/pdf.js";
import { createSources, type SourceSettings, type Sources } from "../../src/sources/index.js";

/** The ways in, with documents counted in this process. */
export const plainSources = (settings: Partial<SourceSettings> = {}): Sources =>
  createSources({
    countPages: (document, password) => countPages(document, password),
    keyFrames: async () => [],
    fetch: async () => {
      throw new Error("Nothing is fetched");
    },
    password: async () => undefined,
    ...settings,
  });
