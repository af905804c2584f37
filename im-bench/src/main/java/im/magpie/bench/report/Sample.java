package im.magpie.bench.report;

/**
 * About a second of a run.
 *
 * @param at the end of it, in seconds from the run's beginning
 * @param perSecond what came in it
 * @param p50 latency in milliseconds
 * @param p99 latency in milliseconds
 * @param serverCores processor time of the system, in cores
 * @param generatorCores processor time of the generator, in cores
 */
public record Sample(double at, double perSecond, double p50, double p99, double serverCores, double generatorCores) {}
