package im.magpie.service.session;

import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.SUPERSEDED;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.after;
import static im.magpie.service.session.TestSessions.asked;
import static im.magpie.service.session.TestSessions.at;
import static im.magpie.service.session.TestSessions.device;
import static im.magpie.service.session.TestSessions.phone;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.KickReason;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionPlaceTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final SessionTable table = new TestSessions(REDIS).table();

    @Test
    void aLoginTakesRedisTime() {
        var before = System.currentTimeMillis();
        var standing = login(phone(ALICE, "node-a", 1));

        assertThat(standing.state()).isEqualTo(CURRENT);
        assertThat(standing.loginTime()).isBetween(before - 1_000, System.currentTimeMillis() + 1_000);
        assertThat(standing.superseded()).isEmpty();
        assertThat(standing.version().getEpoch()).isPositive();
        assertThat(standing.version().getCounter()).isZero();
    }

    @Test
    void theLaterLoginOfADeviceWins() {
        var first = phone(ALICE, "node-a", 1);
        var second = phone(ALICE, "node-b", 1);
        var firstLogin = login(first);

        var secondLogin = login(second);

        assertThat(secondLogin.superseded()).containsExactly(first.route());
        assertThat(secondLogin.loginTime()).isGreaterThan(firstLogin.loginTime());
        assertThat(state(after(first, firstLogin))).isEqualTo(SUPERSEDED);
        assertThat(state(after(second, secondLogin))).isEqualTo(CURRENT);
    }

    /** The client has closed the connection of its first LOGIN, which was still on its way, and has logged in again. */
    @Test
    void aLoginThatItsClientHasGivenUpEndsNothing() {
        var givenUp = asked(phone(ALICE, "node-a", 1), 7, 1);
        var second = asked(phone(ALICE, "node-b", 1), 7, 2);
        var secondLogin = login(second);

        var late = login(givenUp);

        assertThat(late.state()).isEqualTo(SUPERSEDED);
        assertThat(late.superseded()).isEmpty();
        assertThat(state(after(second, secondLogin))).isEqualTo(CURRENT);
    }

    @Test
    void aLoginThatItsClientHasGivenUpGivesWayWhereRedisHasForgottenTheOther() {
        var givenUp = asked(phone(ALICE, "node-a", 1), 7, 1);
        var second = asked(phone(ALICE, "node-b", 1), 7, 2);
        var secondLogin = login(second);
        REDIS.flush();
        login(givenUp);

        var announced = table.put(List.of(after(second, secondLogin))).getFirst();

        assertThat(announced.state()).isEqualTo(CURRENT);
        assertThat(announced.superseded()).containsExactly(givenUp.route());
    }

    @Test
    void ofTwoRunsOfADeviceTheLaterOneWinsHoweverOftenTheOtherHasLoggedIn() {
        var first = asked(phone(ALICE, "node-a", 1), 7, 5);
        var second = asked(phone(ALICE, "node-b", 1), 8, 1);
        login(first);

        assertThat(login(second).superseded()).containsExactly(first.route());
    }

    @Test
    void theSupersededHearByWhom() {
        var first = phone(ALICE, "node-a", 1);
        var login = login(first);
        login(phone(ALICE, "node-b", 2));

        var kicked = table.look(List.of(after(first, login))).getFirst().kicked();

        assertThat(kicked.getReason()).isEqualTo(KickReason.SUPERSEDED);
        assertThat(kicked.getByClientType()).isEqualTo(ClientType.ANDROID);
        assertThat(kicked.getByDeviceId()).isEqualTo("phone");
    }

    @Test
    void aRepeatedLoginSupersedesNobody() {
        var session = phone(ALICE, "node-a", 1);
        login(session);

        var again = login(session);

        assertThat(again.superseded()).isEmpty();
        assertThat(state(after(session, again))).isEqualTo(CURRENT);
    }

    @Test
    void devicesStandSideBySide() {
        var phone = phone(ALICE, "node-a", 1);
        var tablet = device(ALICE, "tablet", "node-a", 2);
        var bobs = phone(BOB, "node-a", 3);

        var standings = List.of(login(phone), login(tablet), login(bobs));

        assertThat(table.look(List.of(
                        after(phone, standings.get(0)),
                        after(tablet, standings.get(1)),
                        after(bobs, standings.get(2)))))
                .extracting(Standing::state)
                .containsOnly(CURRENT);
    }

    @Test
    void oneDeviceTooManySupersedesTheOldest() {
        var oldest = device(ALICE, "d0", "node-a", 0);
        var login = login(oldest);
        IntStream.range(1, TestSessions.MAX_DEVICES).forEach(i -> login(device(ALICE, "d" + i, "node-a", i)));

        var oneMore = login(device(ALICE, "more", "node-b", 9));

        assertThat(oneMore.superseded()).containsExactly(oldest.route());
        var told = table.look(List.of(after(oldest, login))).getFirst();
        assertThat(told.state()).isEqualTo(SUPERSEDED);
        assertThat(told.kicked().getByDeviceId()).isEqualTo("more");
    }

    @Test
    void lookingChangesNothing() {
        var session = at(phone(ALICE, "node-a", 1), 1_000);

        assertThat(state(session)).isEqualTo(UNKNOWN);
        assertThat(state(session)).isEqualTo(UNKNOWN);
    }

    @Test
    void whatRedisLostIsUnknownUntilItIsPutBack() {
        var session = phone(ALICE, "node-a", 1);
        var login = login(session);
        REDIS.flush();
        var announced = after(session, login);

        assertThat(state(announced)).isEqualTo(UNKNOWN);
        assertThat(put(announced).state()).isEqualTo(CURRENT);
        assertThat(state(announced)).isEqualTo(CURRENT);
    }

    @Test
    void aLostRedisBeginsAnotherEpoch() {
        var before = login(phone(ALICE, "node-a", 1)).version();
        REDIS.flush();

        assertThat(login(phone(ALICE, "node-a", 1)).version().getEpoch()).isGreaterThan(before.getEpoch());
    }

    @Test
    void theLaterLoginWinsInWhateverOrderTheyArePutBack() {
        var earlier = at(phone(ALICE, "node-a", 1), 1_000);
        var later = at(phone(ALICE, "node-b", 2), 2_000);

        assertThat(put(earlier).state()).isEqualTo(CURRENT);
        assertThat(put(later).superseded()).containsExactly(earlier.route());
        assertThat(put(earlier).state()).isEqualTo(SUPERSEDED);
        REDIS.flush();
        assertThat(put(later).state()).isEqualTo(CURRENT);
        assertThat(put(earlier).state()).isEqualTo(SUPERSEDED);
    }

    @Test
    void oneBatchMayHoldBoth() {
        var earlier = at(phone(ALICE, "node-a", 1), 1_000);
        var later = at(phone(ALICE, "node-a", 2), 2_000);

        var standings = table.put(List.of(later, earlier, later));

        assertThat(standings).extracting(Standing::state).containsExactly(CURRENT, SUPERSEDED, CURRENT);
    }

    @Test
    void theSupersededStaySoWhenTheOtherHasLeft() {
        var first = phone(ALICE, "node-a", 1);
        var second = phone(ALICE, "node-b", 2);
        var login = login(first);
        login(second);

        table.end(List.of(second.route()));

        assertThat(state(after(first, login))).isEqualTo(SUPERSEDED);
        assertThat(put(after(first, login)).state()).isEqualTo(SUPERSEDED);
    }

    @Test
    void aLaterLoginIsLaterWhateverTheClockSays() {
        var farAhead = System.currentTimeMillis() + 3_600_000;
        var first = at(phone(ALICE, "node-a", 1), farAhead);
        put(first);

        var second = login(phone(ALICE, "node-b", 2));

        assertThat(second.loginTime()).isEqualTo(farAhead + 1);
        assertThat(state(first)).isEqualTo(SUPERSEDED);
    }

    @Test
    void manyAreAnsweredInTheirOrder() {
        var sessions = IntStream.range(0, 5_000)
                .mapToObj(i -> at(phone(new UserKey("acme", "user-" + i), "node-a", i), 1_000 + i))
                .toList();
        var known = IntStream.range(0, 5_000)
                .filter(i -> i % 3 == 0)
                .mapToObj(sessions::get)
                .toList();

        table.put(known);

        assertThat(table.look(sessions).stream().map(Standing::state))
                .containsExactlyElementsOf(IntStream.range(0, 5_000)
                        .mapToObj(i -> i % 3 == 0 ? CURRENT : UNKNOWN)
                        .toList());
    }

    private Standing login(Session session) {
        return put(session);
    }

    private Standing put(Session session) {
        return table.put(List.of(session)).getFirst();
    }

    private ReconcileOutcome.State state(Session session) {
        return table.look(List.of(session)).getFirst().state();
    }
}
