import chromium from "@sparticuz/chromium";

/** Unpacks the Chromium that npm carries into the folder for temporary files. */
await chromium.executablePath();
