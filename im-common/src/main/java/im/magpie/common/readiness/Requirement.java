package im.magpie.common.readiness;

import org.jspecify.annotations.Nullable;

/**
 * Something that a service can't do its work without: a server, or another service.
 *
 * @param name names it in logs and in the health, {@code redis} for example
 */
public record Requirement(String name, Look look) {

    /** Finds out whether it is there. */
    @FunctionalInterface
    public interface Look {

        /**
         * Returns what is missing, in some words, or null when nothing is. May block for some seconds, and is called by one thread.
         *
         * @throws Exception when it is not there
         */
        @Nullable
        String missing() throws Exception;
    }
}
