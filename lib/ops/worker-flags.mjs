/**
 * How Node.js runs the worker. Reading a long file of payments makes much short-lived text; with the room it has by default
 * the process grows by tens of megabytes and gets no faster (`npm run bench -- imports`).
 */
export const WORKER_FLAGS = ["--max-semi-space-size=4"];
