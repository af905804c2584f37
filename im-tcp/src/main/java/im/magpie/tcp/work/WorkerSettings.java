package im.magpie.tcp.work;

/**
 * How much blocking work of one kind is taken on.
 *
 * @param concurrency how many calls are under way at most
 * @param queue how many wait on top of them; one more is answered BUSY
 */
public record WorkerSettings(int concurrency, int queue) {}
