package im.magpie.service.erasure;

/**
 * How much there is to do.
 *
 * @param count of users who are not erased yet
 * @param oldestMillis for how long the one has been waiting who has waited longest; 0 when there is none
 */
record OpenErasures(long count, long oldestMillis) {}
