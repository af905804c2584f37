package im.magpie.service.index;

import im.magpie.codec.protocol.IndexVersion;
import java.util.List;

/**
 * A part of what changed for a user.
 *
 * @param version what a device has that has taken this page
 * @param full the list starts from its beginning, because the device's version was of another epoch
 * @param conversations in the order in which they changed
 * @param more whether there is more behind this page
 * @param moved within the version's epoch, the counter since which the list of the user's groups of which the index says nothing is the same
 */
public record IndexPage(IndexVersion version, boolean full, List<String> conversations, boolean more, long moved) {}
