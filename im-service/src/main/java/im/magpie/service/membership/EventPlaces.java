package im.magpie.service.membership;

import im.magpie.common.error.MagpieException;
import im.magpie.service.cache.Database;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/**
 * Writes where memberships begin and end in a group's timeline, once their events have places there. Whoever reads must find it: it is written before the
 * confirmed position can move over the event. An epoch may end before that; then the event gets another place in the next one, and whoever is still at work for the old one
 * does not undo that.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class EventPlaces {

    private static final int USERS_PER_STATEMENT = 500;

    private final RosterMapper mapper;
    private final Database database;

    public EventPlaces(RosterMapper mapper, Database database) {
        this.mapper = mapper;
        this.database = database;
    }

    /**
     * Writes an event's place to the memberships that it begins or ends. May be repeated.
     *
     * @param epoch of the group's partition, in which the event has this place
     * @param version the group's with the event
     * @param movement who comes and goes by it
     * @throws MagpieException UNAVAILABLE when the database did not answer
     */
    public void write(long epoch, GroupKey group, long version, long sequence, Movement movement) {
        // Whoever comes reads the event of it too, and so does whoever goes.
        var after = movement.openHistory() ? 0 : sequence - 1;
        inParts(movement.came(), some -> mapper.readFrom(group, version, some, after, epoch));
        inParts(movement.gone(), some -> mapper.readTo(group, version, some, sequence, epoch));
    }

    private void inParts(List<String> users, Consumer<List<String>> statement) {
        users.stream()
                .gather(Gatherers.windowFixed(USERS_PER_STATEMENT))
                .forEach(some -> database.require(() -> {
                    statement.accept(some);
                    return true;
                }));
    }
}
