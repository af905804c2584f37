package im.magpie.service.membership;

import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.cache.Database;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Store;
import im.magpie.service.membership.RosterMapper.OpenEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;

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
    private final Store store;

    public StoredEvents(RosterMapper mapper, Database database, EventPlaces places, MessageHistory history) {
        this.mapper = mapper;
        this.database = database;
        this.places = places;
        this.store = new Store(history);
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
        database.require(() -> mapper.openEvents(group, shape)).stream()
                .gather(Gatherers.windowFixed(NAMES_PER_CALL))
                .forEach(some -> place(epoch, conversation, group, some));
    }

    private void place(long epoch, ConversationKey conversation, GroupKey group, List<OpenEvent> events) {
        var stored = store.lookup(events.stream()
                .map(event -> new MessageKey(conversation, event.senderId(), event.clientMessageId()))
                .toList());
        for (var i = 0; i < events.size(); i++) {
            var event = events.get(i);
            var sequence = stored.get(i).getSequence();
            if (sequence > 0) {
                places.write(epoch, group, event.version(), sequence, Movement.ofEvent(event.content()));
            }
        }
    }
}
