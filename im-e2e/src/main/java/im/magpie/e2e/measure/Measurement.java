package im.magpie.e2e.measure;

import im.magpie.bench.MeasurementException;

/** Something about groups that is measured on a cluster at which nobody else is at work. */
interface Measurement {

    /** Returns the size that it is about. */
    Size usual();

    /** @throws MeasurementException when something is missing, comes twice or out of order, or can't be measured */
    void perform(Size size, Bench bench);
}
