import { writeSync } from "node:fs";
import { workPipe } from "./messages.js";

/**
 * A thread of the picture process that tells the parent how much CPU time the whole process has used. The main thread
 * cannot: a decoder may keep it for as long as it likes.
 */
setInterval(() => {
  const { user, system } = process.cpuUsage();
  try {
    writeSync(workPipe, `${Math.round((user + system) / 1000)}\n`);
  } catch (error) {
    const isFull = error instanceof Error && "code" in error && error.code === "EAGAIN";
    // Nobody is there any more who would wait for the picture, or end this process.
    if (!isFull) process.kill(process.pid, "SIGKILL");
  }
}, 100);
