/** From package.json, put in by esbuild. */
declare const __VERSION__: string;
/** A digest of the code that prepares and measures pictures, and of what it builds on; put in by esbuild. */
declare const __PIXELS__: string;
