package im.magpie.bench;

/** Something is not as it should be, or can't be measured. The message is for people. */
public final class MeasurementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MeasurementException(String message) {
        super(message);
    }
}
