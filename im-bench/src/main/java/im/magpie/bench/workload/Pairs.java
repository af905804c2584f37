package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.business.Office;
import im.magpie.bench.client.Crowd;
import im.magpie.bench.client.Crowd.Entrant;
import im.magpie.bench.client.MessageReader;
import im.magpie.bench.client.Peer;
import im.magpie.bench.load.Chatter;
import im.magpie.bench.load.Chatter.Conversation;
import im.magpie.bench.load.Load;
import im.magpie.bench.load.Load.Attendee;
import im.magpie.bench.load.Meter;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.LoginRequest;
import java.util.ArrayList;
import java.util.stream.Stream;

/** New users in pairs, all online: one of each writes, and the other, at another gateway where there are several, reads. One thread uses it. */
final class Pairs implements AutoCloseable {

    private static final int LOGINS_AT_ONCE = 32;

    /** The most messages that one sender has under way in an open loop, just under what a gateway leaves unanswered. */
    private static final int MOST_UNDER_WAY = 100;

    private final Crowd crowd;
    private final Load load;

    private Pairs(Crowd crowd, Load load) {
        this.crowd = crowd;
        this.load = load;
    }

    static Pairs online(Bench bench) {
        var settings = bench.settings();
        var users = bench.office().importUsers(Bench.freshWord(), settings.users());
        var crowd = new Crowd(settings.loops(), bench.site().gateways());
        var meters = Stream.generate(Meter::new).limit(settings.loops()).toList();
        var readers =
                Stream.generate(MessageReader::new).limit(settings.loops()).toList();
        var people = new ArrayList<Attendee>();
        var entrants = new ArrayList<Entrant>();
        for (var i = 0; i < users.size(); i++) {
            var pair = i / 2;
            var loop = pair % settings.loops();
            var talk = new Conversation(
                    ConversationId.privateBetween(users.get(i), users.get(i ^ 1)).toString(),
                    2 * pair,
                    1,
                    settings.textBytes(),
                    MOST_UNDER_WAY);
            var chatter = new Chatter(talk, i, meters.get(loop), readers.get(loop));
            var peer = new Peer(login(bench.office(), users.get(i)), chatter);
            people.add(new Attendee(chatter, peer));
            entrants.add(new Entrant(peer, (pair + i) % crowd.gateways(), loop));
        }
        try {
            bench.progress().now("%,d users log in", users.size());
            crowd.enter(entrants, LOGINS_AT_ONCE);
        } catch (MeasurementException e) {
            crowd.close();
            throw e;
        }
        return new Pairs(crowd, new Load(crowd, meters, people));
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

    @Override
    public void close() {
        crowd.close();
    }
}
