// Loaded into every child of the launcher (`node --import`): the launcher holds the other end of this process's channel,
// and even a launcher killed with -9 lets go of it.

// What this process forks must not load it too: `next dev` hands these arguments on to its server, whose channel is its
// only reason to live until it listens, and an `unref` there ends it at once with code 0.
const at = process.execArgv.findIndex(
  (one, index) => one === "--import" && process.execArgv[index + 1] === import.meta.url,
);
if (at >= 0) process.execArgv.splice(at, 2);

if (process.channel) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    // a child that does not heed it must still not outlive the site by much
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  process.channel.unref();
}
