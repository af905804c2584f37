package im.magpie.store;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of this service, {@code im.store}.
 *
 * @param batch how much becomes one transaction
 * @param prefetch how many envelopes of a queue the broker hands over before the first of them is acknowledged; messages that have to be
 *     accepted anew keep theirs until that is done
 * @param retry how to wait for a database, a broker or an im-service that is not there
 * @param conversationCache how many conversations' keys are kept in memory
 * @param stopTimeout how long a stop waits for the batches under way
 * @param pull how much one call to the history returns
 * @param retention how what has outlived its retention ({@code im.retention}) is deleted
 */
@Validated
@ConfigurationProperties("im.store")
public record StoreProperties(
        @Valid @DefaultValue Batch batch,
        @Min(1) @Max(65_535) @DefaultValue("256") int prefetch,
        @Valid @DefaultValue Backoff retry,
        @Min(1) @DefaultValue("100000") int conversationCache,
        @NotNull @DefaultValue("10s") Duration stopTimeout,
        @Valid @DefaultValue Pull pull,
        @Valid @DefaultValue Retention retention) {

    /**
     * A batch is full once it has this many records or bytes; the envelope that fills it is in it.
     *
     * @param records how many rows fill a batch
     * @param bytes how much fills a batch, if its rows do not
     * @param spacing how far apart batches begin that are not full; the first after a pause begins at once
     */
    public record Batch(
            @Min(1) @DefaultValue("2000") int records,
            @NotNull @DefaultValue("4MB") DataSize bytes,
            @NotNull @DefaultValue("200ms") Duration spacing) {}

    /**
     * The wait after a first failure, doubled after each further one up to the longest.
     *
     * @param first how long the first wait for what is not there lasts
     * @param longest how long a wait lasts at most
     */
    public record Backoff(
            @NotNull @DefaultValue("50ms") Duration first,
            @NotNull @DefaultValue("2s") Duration longest) {}

    /**
     * What one call to the history returns at most; a single message may exceed the bytes.
     *
     * @param messages how many messages one call returns at most
     * @param bytes how much one call returns at most
     */
    public record Pull(
            @Min(1) @DefaultValue("1000") int messages,
            @NotNull @DefaultValue("4MB") DataSize bytes) {}

    /**
     * How what has outlived its retention is deleted, by one of the message stores at a time.
     *
     * @param interval how long after a round the next one begins
     * @param rows how many messages one transaction deletes
     * @param pause how long to wait behind each batch; it bounds what deleting takes from the database
     */
    public record Retention(
            @NotNull @DurationMin(millis = 1) @DefaultValue("10m")
            Duration interval,

            @Min(1) @Max(10_000) @DefaultValue("1000") int rows,
            @NotNull @DefaultValue("20ms") Duration pause) {}
}
