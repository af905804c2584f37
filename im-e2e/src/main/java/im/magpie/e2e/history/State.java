package im.magpie.e2e.history;

import java.util.Map;

/**
 * What has become of a message.
 *
 * @param changed the sequence of the last change that it shows
 * @param edit the sequence of the edit that its words are of; 0 for those that it was sent with, and where it has none any more
 * @param reactions how many people have which reaction to it
 */
public record State(long changed, long edit, Map<String, Integer> reactions) {}
