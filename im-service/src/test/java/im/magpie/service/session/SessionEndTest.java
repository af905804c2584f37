package im.magpie.service.session;

import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.SUPERSEDED;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.after;
import static im.magpie.service.session.TestSessions.phone;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionEndTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final SessionTable table = new TestSessions(REDIS).table();

    @Test
    void endsWhatIsTheConnectionsOwn() {
        var session = phone(ALICE, "node-a", 1);
        var login = login(session);

        table.end(List.of(session.route()));

        assertThat(state(after(session, login))).isEqualTo(UNKNOWN);
    }

    @Test
    void leavesALaterSessionAlone() {
        var first = phone(ALICE, "node-a", 1);
        var second = phone(ALICE, "node-a", 11);
        login(first);
        var login = login(second);

        table.end(List.of(first.route()));

        assertThat(state(after(second, login))).isEqualTo(CURRENT);
    }

    @Test
    void tellsLivesOfANodeApart() {
        var session = phone(ALICE, "node-a-2", 1);
        var login = login(session);

        table.end(List.of(
                phone(ALICE, "node-a", 1).route(), phone(ALICE, "node-a-1", 1).route()));

        assertThat(state(after(session, login))).isEqualTo(CURRENT);
    }

    @Test
    void endsManyAndWhatIsNotThere() {
        var alices = phone(ALICE, "node-a", 1);
        var bobs = phone(BOB, "node-a", 2);
        var login = login(alices);
        var bobsLogin = login(bobs);

        table.end(List.of(alices.route(), bobs.route(), alices.route()));
        table.end(List.of());

        assertThat(state(after(alices, login))).isEqualTo(UNKNOWN);
        assertThat(state(after(bobs, bobsLogin))).isEqualTo(UNKNOWN);
    }

    @Test
    void whoIsOutOfReachStaysSuperseded() {
        var first = phone(ALICE, "node-a", 1);
        var second = phone(ALICE, "node-b", 2);
        var login = login(first);
        var later = login(second);

        table.lose(List.of(first.route(), second.route()));

        assertThat(state(after(first, login))).isEqualTo(SUPERSEDED);
        assertThat(state(after(second, later))).isEqualTo(UNKNOWN);
    }

    @Test
    void leavesNothingBehind() {
        var first = phone(ALICE, "node-a", 1);
        var second = phone(ALICE, "node-b", 2);
        login(first);
        login(second);

        table.end(List.of(first.route(), second.route()));

        assertThat(REDIS.client().getKeys().getKeys()).allMatch(key -> key.endsWith(":epoch"));
    }

    private Standing login(Session session) {
        return table.put(List.of(session)).getFirst();
    }

    private ReconcileOutcome.State state(Session session) {
        return table.look(List.of(session)).getFirst().state();
    }
}
