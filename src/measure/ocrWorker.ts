/** The thread that reads: tesseract.js's own, as a file of the bundle. */
import "tesseract.js/src/worker-script/node/index.js";
