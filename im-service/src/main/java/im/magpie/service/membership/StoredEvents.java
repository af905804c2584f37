package im.magpie.service.membership;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.common.rpc.StoredPosition;
import im.magpie.service.cache.Database;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.membership.RosterMapper.OpenEvent;
import java.util.List;
import java.util.Map;
import org.apache.dubbo.rpc.RpcException;

/**
 * Events that are stored, and that the epoch which accepted them did not live to settle: nobody may have written yet where the memberships begin or end that are theirs.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class StoredEvents {

    private static final int NAMES_PER_CALL = 500;

    private final RosterMapper mapper;
    private final Database database;
    private final EventPlaces places;
    private final MessageHistory history;

    public StoredEvents(RosterMapper mapper, Database database, EventPlaces places, MessageHistory history) {
        this.mapper = mapper;
        this.database = database;
        this.places = places;
        this.history = history;
    }

    /**
     * Writes the places of all events that are stored. May be repeated.
     *
     * @param epoch in which they are to be found there
     * @param shapes the conversations, each with the version of its shape as it is stored
     * @throws MagpieException UNAVAILABLE when the database or the store did not answer
     */
    public void place(long epoch, Map<ConversationKey, Long> shapes) {
        shapes.forEach((conversation, shape) ->
                GroupKey.find(conversation).ifPresent(group -> place(epoch, conversation, group, shape)));
    }

    private void place(long epoch, ConversationKey conversation, GroupKey group, long shape) {
        var open = database.require(() -> mapper.openEvents(group, shape));
        for (var from = 0; from < open.size(); from += NAMES_PER_CALL) {
            var some = open.subList(from, Math.min(open.size(), from + NAMES_PER_CALL));
            var stored = lookup(conversation, some);
            for (var i = 0; i < some.size(); i++) {
                var event = some.get(i);
                var sequence = stored.get(i).getSequence();
                if (sequence > 0) {
                    places.write(epoch, group, event.version(), sequence, Movement.ofEvent(event.content()));
                }
            }
        }
    }

    private List<StoredPosition> lookup(ConversationKey conversation, List<OpenEvent> events) {
        var query = LookupQuery.newBuilder();
        events.forEach(event ->
                query.addNames(new MessageKey(conversation, event.senderId(), event.clientMessageId()).toName()));
        try {
            return history.lookup(query.build()).getPositionsList();
        } catch (RpcException e) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the store did not answer", e);
        }
    }
}
