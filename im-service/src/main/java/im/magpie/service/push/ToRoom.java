package im.magpie.service.push;

import im.magpie.common.broker.RoomAudience;
import java.util.List;

/**
 * The connections that are in a room: the nodes know.
 *
 * @param nodes the incarnations of those that have any
 */
public record ToRoom(List<String> nodes, RoomAudience audience) {}
