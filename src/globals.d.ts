/** From package.json, put in by esbuild. */
declare const __VERSION__: string;
/** The tool's own address, from package.json's homepage or repository; empty until the owner sets one. */
declare const __ADDRESS__: string;
/** A digest of the code that prepares and measures pictures, and of what it builds on; put in by esbuild. */
declare const __PIXELS__: string;
