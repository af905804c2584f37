package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.business.Office;
import im.magpie.bench.client.Crowd;
import im.magpie.bench.client.Crowd.Entrant;
import im.magpie.bench.client.MessageReader;
import im.magpie.bench.client.Peer;
import im.magpie.bench.client.Role;
import im.magpie.bench.load.Chatter;
import im.magpie.bench.load.Chatter.Conversation;
import im.magpie.bench.load.Load;
import im.magpie.bench.load.Load.Attendee;
import im.magpie.bench.load.Meter;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.LoginRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Users who are online at all gateways, each with a conversation that he is in. One thread uses it. */
final class Audience implements AutoCloseable {

    private static final int LOGINS_AT_ONCE = 32;

    private final Crowd crowd;
    private final Load load;
    private final Peer first;

    private Audience(Crowd crowd, Load load, Peer first) {
        this.crowd = crowd;
        this.load = load;
        this.first = first;
    }

    /** Brings new users in pairs: one of each writes, and the other, at another gateway where there are several, reads. */
    static Audience ofPairs(Bench bench, int users) {
        return ofPairs(bench, bench.office().importUsers(Bench.freshWord(), users));
    }

    /** The same of users whom the system knows already. */
    static Audience ofPairs(Bench bench, List<String> ids) {
        return online(bench, ids, number -> {
            var conversation = ConversationId.privateBetween(ids.get(number), ids.get(number ^ 1));
            return new Conversation(
                    conversation.toString(), number & ~1, 1, bench.settings().textBytes(), Settings.MOST_UNDER_WAY);
        });
    }

    /**
     * Returns when all of these users are online.
     *
     * @param conversation of the user of a number
     */
    static Audience online(Bench bench, List<String> users, IntFunction<Conversation> conversation) {
        var loops = bench.settings().loops();
        var meters = Stream.generate(Meter::new).limit(loops).toList();
        var readers = Stream.generate(MessageReader::new).limit(loops).toList();
        var crowd = new Crowd(loops, bench.site().gateways());
        var people = new ArrayList<Attendee>();
        var entrants = new ArrayList<Entrant>();
        for (var number = 0; number < users.size(); number++) {
            // Who belongs together has one event loop and, where there are several, two gateways.
            var pair = number / 2;
            var loop = pair % loops;
            var chatter = new Chatter(conversation.apply(number), number, meters.get(loop), readers.get(loop));
            var peer = new Peer(login(bench.office(), users.get(number)), chatter);
            people.add(new Attendee(chatter, peer));
            entrants.add(new Entrant(peer, (pair + number) % crowd.gateways(), loop));
        }
        var audience = new Audience(
                crowd, new Load(crowd, meters, people), people.getFirst().peer());
        try {
            bench.progress().now("%,d users log in".formatted(users.size()));
            crowd.enter(entrants, LOGINS_AT_ONCE);
        } catch (MeasurementException e) {
            crowd.close();
            throw e;
        }
        return audience;
    }

    static LoginRequest login(Office office, String userId) {
        return LoginRequest.newBuilder()
                .setAppId(Office.APP_ID)
                .setUserId(userId)
                .setUserSig(office.userSig(userId))
                .setClientType(ClientType.LINUX)
                .setDeviceId("bench")
                .build();
    }

    Load load() {
        return load;
    }

    /** Returns how often the gateways ask everybody to write PING. */
    int heartbeatMillis() {
        return first.entered().join().getHeartbeatIntervalMs();
    }

    /** Has users come who are in none of the conversations, to all gateways in turns; returns when they are online. */
    void joinedBy(Bench bench, List<String> users, Role role) {
        crowd.enter(entrants(bench, users, crowd, () -> role), LOGINS_AT_ONCE);
    }

    /** Returns these users, spread evenly over a crowd's gateways and event loops. */
    static List<Entrant> entrants(Bench bench, List<String> users, Crowd crowd, Supplier<Role> role) {
        return IntStream.range(0, users.size())
                .mapToObj(number -> new Entrant(
                        new Peer(login(bench.office(), users.get(number)), role.get()),
                        number % crowd.gateways(),
                        number % crowd.loops().size()))
                .toList();
    }

    @Override
    public void close() {
        crowd.close();
    }
}
