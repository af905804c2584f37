package im.magpie.client.cli;

import org.jspecify.annotations.Nullable;

/** Where somebody reads and writes lines. Lines may be printed by any thread, also while one is being typed. */
interface Console extends AutoCloseable {

    /**
     * Returns the next line.
     *
     * @return null when there are no more
     */
    @Nullable
    String readLine(String prompt);

    /**
     * Returns a line that nobody sees.
     *
     * @return null when there is nobody to ask
     */
    @Nullable
    String readPassword(String prompt);

    void print(String line);

    @Override
    void close();
}
