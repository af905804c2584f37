package im.magpie.service.session;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.BOT;
import static im.magpie.codec.protocol.ClientType.IOS;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.codec.protocol.ClientType.MACOS;
import static im.magpie.codec.protocol.ClientType.WEB;
import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.SUPERSEDED;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.session.DevicePolicy.MOBILE_DESKTOP_WEB;
import static im.magpie.service.session.DevicePolicy.PER_CLIENT_TYPE;
import static im.magpie.service.session.DevicePolicy.SINGLE;
import static im.magpie.service.session.DevicePolicy.UNLIMITED;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.after;
import static im.magpie.service.session.TestSessions.at;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.KickReason;
import im.magpie.common.rpc.ReconcileOutcome.State;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestRedis;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which sessions stand beside each other, and which of those that do not. */
class SessionPolicyTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final TestSessions sessions = new TestSessions(REDIS);
    private final SessionTable table = sessions.table();
    private long connections;

    @Test
    void oneDeviceIsAllThereIs() {
        sessions.policy(SINGLE);
        var phone = login(device(ANDROID, "phone"));
        var laptop = login(device(LINUX, "laptop"));
        var bot = login(device(BOT, "bot"));

        assertThat(states(phone, laptop, bot)).containsExactly(SUPERSEDED, SUPERSEDED, CURRENT);
    }

    @Test
    void theSupersededHearByWhom() {
        sessions.policy(SINGLE);
        var phone = login(device(ANDROID, "phone"));

        var standing = table.put(List.of(device(MACOS, "laptop"))).getFirst();

        assertThat(standing.superseded()).containsExactly(phone.route());
        var told = look(phone).kicked();
        assertThat(told.getReason()).isEqualTo(KickReason.SUPERSEDED);
        assertThat(told.getByClientType()).isEqualTo(MACOS);
        assertThat(told.getByDeviceId()).isEqualTo("laptop");
    }

    @Test
    void oneMobileOneDesktopAndOneBrowserStandSideBySide() {
        sessions.policy(MOBILE_DESKTOP_WEB);
        var phone = login(device(ANDROID, "phone"));
        var laptop = login(device(LINUX, "laptop"));
        var browser = login(device(WEB, "browser"));
        assertThat(states(phone, laptop, browser)).containsOnly(CURRENT);

        var tablet = login(device(IOS, "tablet"));

        assertThat(states(phone, laptop, browser, tablet)).containsExactly(SUPERSEDED, CURRENT, CURRENT, CURRENT);
        var mac = login(device(MACOS, "mac"));
        assertThat(states(laptop, browser, tablet, mac)).containsExactly(SUPERSEDED, CURRENT, CURRENT, CURRENT);
    }

    @Test
    void oneOfEachClientType() {
        sessions.policy(PER_CLIENT_TYPE);
        var phone = login(device(ANDROID, "phone"));
        var tablet = login(device(IOS, "tablet"));
        var another = login(device(ANDROID, "another"));

        assertThat(states(phone, tablet, another)).containsExactly(SUPERSEDED, CURRENT, CURRENT);
    }

    @Test
    void everyAppHasItsOwn() {
        sessions.policy(UNLIMITED, Map.of("acme", SINGLE));
        var stranger = new UserKey("other", "alice");
        var phone = login(device(ALICE, ANDROID, "phone"));
        var laptop = login(device(ALICE, LINUX, "laptop"));
        var theirs = login(device(stranger, ANDROID, "phone"));
        var theirLaptop = login(device(stranger, LINUX, "laptop"));

        assertThat(states(phone, laptop, theirs, theirLaptop)).containsExactly(SUPERSEDED, CURRENT, CURRENT, CURRENT);
    }

    @Test
    void othersDevicesAreNotTouched() {
        sessions.policy(SINGLE);
        var bobs = login(device(BOB, ANDROID, "phone"));
        var alices = login(device(ALICE, LINUX, "laptop"));

        assertThat(states(bobs, alices)).containsOnly(CURRENT);
    }

    @Test
    void aStricterPolicyCountsFromTheNextLogin() {
        var phone = login(device(ANDROID, "phone"));
        var laptop = login(device(LINUX, "laptop"));

        sessions.policy(SINGLE);
        assertThat(states(phone, laptop)).containsOnly(CURRENT);
        assertThat(announce(phone)).isEqualTo(CURRENT);
        assertThat(states(phone, laptop)).containsOnly(CURRENT);

        var standing = table.put(List.of(device(WEB, "browser"))).getFirst();
        assertThat(standing.superseded()).containsExactlyInAnyOrder(phone.route(), laptop.route());
    }

    @Test
    void ofRivalsTheLaterLoginWinsInWhateverOrderTheyArePutBack() {
        sessions.policy(SINGLE);
        var phone = login(device(ANDROID, "phone"));
        var laptop = login(device(LINUX, "laptop"));

        for (var order : List.of(List.of(phone, laptop), List.of(laptop, phone))) {
            REDIS.flush();
            order.forEach(this::announce);
            assertThat(states(phone, laptop)).containsExactly(SUPERSEDED, CURRENT);
            assertThat(look(phone).kicked().getByDeviceId()).isEqualTo("laptop");
        }
    }

    @Test
    void whoDidNotHearOfItHearsItAlsoWhenRedisHasForgotten() {
        sessions.policy(SINGLE);
        var phone = login(device(ANDROID, "phone"));
        var laptop = login(device(LINUX, "laptop"));
        assertThat(look(phone).state()).isEqualTo(SUPERSEDED);

        REDIS.flush();
        assertThat(look(phone).state()).isEqualTo(UNKNOWN);
        announce(laptop);

        assertThat(look(phone).state()).isEqualTo(SUPERSEDED);
        assertThat(announce(phone)).isEqualTo(SUPERSEDED);
    }

    @Test
    void theSupersededStaySoWhenTheOtherHasLeft() {
        sessions.policy(SINGLE);
        var phone = login(device(ANDROID, "phone"));
        var laptop = login(device(LINUX, "laptop"));

        table.end(List.of(laptop.route()));

        assertThat(announce(phone)).isEqualTo(SUPERSEDED);
    }

    @Test
    void oneBatchMayHoldRivals() {
        sessions.policy(SINGLE);
        var phone = at(device(ANDROID, "phone"), 1_000);
        var laptop = at(device(LINUX, "laptop"), 2_000);
        var browser = at(device(WEB, "browser"), 3_000);

        assertThat(table.put(List.of(laptop, browser, phone)))
                .extracting(Standing::state)
                .containsExactly(CURRENT, CURRENT, SUPERSEDED);
        assertThat(states(phone, laptop, browser)).containsExactly(SUPERSEDED, SUPERSEDED, CURRENT);
    }

    @Test
    void ofTwoThatCameAtTheSameTimeOneStays() {
        var phone = at(device(ANDROID, "phone"), 1_000);
        var laptop = at(device(LINUX, "laptop"), 1_000);
        sessions.policy(SINGLE);

        assertThat(announce(phone)).isEqualTo(CURRENT);
        assertThat(announce(laptop)).isEqualTo(SUPERSEDED);
        assertThat(states(phone, laptop)).containsExactly(CURRENT, SUPERSEDED);
    }

    @Test
    void aLaterLoginIsLaterWhateverTheClockSays() {
        sessions.policy(SINGLE);
        var farAhead = System.currentTimeMillis() + 3_600_000;
        var phone = at(device(ANDROID, "phone"), farAhead);
        announce(phone);

        var laptop = login(device(LINUX, "laptop"));

        assertThat(laptop.loginTime()).isEqualTo(farAhead + 1);
        assertThat(announce(phone)).isEqualTo(SUPERSEDED);
    }

    @Test
    void ofManyLoginsAtOnceOneStays() {
        sessions.policy(SINGLE);
        var devices = IntStream.range(0, 16)
                .mapToObj(i -> device(i % 2 == 0 ? ANDROID : LINUX, "device-" + i))
                .toList();

        var logins =
                devices.stream().map(device -> CompletableFuture.supplyAsync(() -> login(device))).toList().stream()
                        .map(CompletableFuture::join)
                        .toArray(Session[]::new);

        assertThat(states(logins)).filteredOn(state -> state == CURRENT).hasSize(1);
        assertThat(states(logins)).filteredOn(state -> state == SUPERSEDED).hasSize(15);
        assertThat(Arrays.stream(logins).map(Session::loginTime)).doesNotHaveDuplicates();
        var last = Arrays.stream(logins)
                .filter(session -> look(session).state() == CURRENT)
                .findFirst()
                .orElseThrow();
        assertThat(logins).allMatch(session -> session.loginTime() <= last.loginTime());
    }

    @Test
    void aRepeatedLoginSupersedesNobodyTwice() {
        sessions.policy(SINGLE);
        var phone = login(device(ANDROID, "phone"));
        var laptop = device(LINUX, "laptop");
        login(laptop);

        var again = table.put(List.of(laptop)).getFirst();

        assertThat(again.superseded()).isEmpty();
        assertThat(states(phone, after(laptop, again))).containsExactly(SUPERSEDED, CURRENT);
    }

    @Test
    void whoIsPutBackMakesRoomForLaterOnesOnly() {
        var oldest = at(device(WEB, "oldest"), 1_000);
        var others = IntStream.range(0, TestSessions.MAX_DEVICES)
                .mapToObj(i -> at(device(WEB, "device-" + i), 2_000 + i))
                .toList();
        table.put(others);

        assertThat(announce(oldest)).isEqualTo(SUPERSEDED);
        assertThat(states(others.toArray(Session[]::new))).containsOnly(CURRENT);

        var newest = at(device(WEB, "newest"), 9_000);
        assertThat(announce(newest)).isEqualTo(CURRENT);
        assertThat(states(others.getFirst(), others.getLast(), newest)).containsExactly(SUPERSEDED, CURRENT, CURRENT);
    }

    @Test
    void theListNamesAllSessionsOfTheUser() {
        var phone = login(device(ANDROID, "phone").with(7));
        var laptop = login(device(LINUX, "laptop"));
        login(device(BOB, LINUX, "laptop"));

        var connected = table.of(ALICE);

        assertThat(connected.sessions()).containsExactlyInAnyOrder(phone, laptop);
        assertThat(connected.time()).isGreaterThanOrEqualTo(laptop.loginTime());
        assertThat(table.of(new UserKey("acme", "nobody")).sessions()).isEmpty();
    }

    private Session device(ClientType type, String id) {
        return device(ALICE, type, id);
    }

    /** On a node of its own. */
    private synchronized Session device(UserKey user, ClientType type, String id) {
        connections++;
        return TestSessions.device(user, type, id, "node-" + connections, connections);
    }

    private Session login(Session session) {
        return after(session, table.put(List.of(session)).getFirst());
    }

    private State announce(Session session) {
        return table.put(List.of(session)).getFirst().state();
    }

    private Standing look(Session session) {
        return table.look(List.of(session)).getFirst();
    }

    private List<State> states(Session... connected) {
        return table.look(List.of(connected)).stream().map(Standing::state).toList();
    }
}
