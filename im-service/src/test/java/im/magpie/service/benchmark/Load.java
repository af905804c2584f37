package im.magpie.service.benchmark;

/** Something that is sent to Redis, one call after the other. */
interface Load {

    String name();

    /** Returns how many messages, or commands, go in one call. */
    int batch();

    /** Sends at least so many of them, and returns what they cost. */
    Cost run(int messages);
}
