// Loaded into every child of the launcher (`node --import`): the launcher holds the other end of this process's channel,
// and even a launcher killed with -9 lets go of it.
if (process.channel) {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    // a child that does not heed it must still not outlive the site by much
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  process.channel.unref();
}
