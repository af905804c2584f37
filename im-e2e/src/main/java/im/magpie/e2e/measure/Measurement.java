package im.magpie.e2e.measure;

/** Something about groups that is measured on a cluster which has seen nothing else. */
interface Measurement {

    /** @throws MeasurementException when something is missing, comes twice or out of order, or can't be measured */
    void perform(Size size, Bench bench);
}
