package im.magpie.bench.workload;

/** Something to measure, from its preparation to its figures. */
public interface Workload {

    /**
     * Measures it.
     *
     * @throws im.magpie.bench.MeasurementException when something is not as it should be
     */
    void measure(Bench bench);
}
