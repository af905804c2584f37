package im.magpie.service.pipeline;

import im.magpie.service.conversation.Position;
import java.util.Set;

/**
 * How far messages of one partition and epoch have come.
 *
 * @param settled those that may be acknowledged
 * @param stale the epoch is over, so the others can't be settled in it any more; else they are pending
 */
record Progress(Set<Position> settled, boolean stale) {}
