package im.magpie.tcp.lane;

import java.time.Duration;

/** Lane settings for tests: one lane, pauses that nobody notices. */
record LaneSettingsOf(int capacity, Duration spacing) {

    static final Duration SUBMIT_PATIENCE = Duration.ofSeconds(30);

    static LaneSettingsOf capacity(int capacity) {
        return new LaneSettingsOf(capacity, Duration.ZERO);
    }

    LaneSettingsOf spaced(Duration spacing) {
        return new LaneSettingsOf(capacity, spacing);
    }

    LaneSettings with(int maxBatch, int maxBatchBytes, Duration hold) {
        return with(maxBatch, maxBatchBytes, hold, Duration.ofSeconds(3));
    }

    LaneSettings with(int maxBatch, int maxBatchBytes, Duration hold, Duration checkPatience) {
        return new LaneSettings(
                1,
                capacity,
                maxBatch,
                maxBatchBytes,
                spacing,
                hold,
                Duration.ofMillis(500),
                checkPatience,
                SUBMIT_PATIENCE,
                Duration.ofMillis(1),
                Duration.ofMillis(4));
    }
}
