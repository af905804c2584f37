package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.Cluster;
import im.magpie.e2e.system.ServerLog.Position;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.Requests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Settings change in Nacos, and all processes of a service follow while they run. */
@OnMagpie(OnMagpie.BROKEN)
@EnabledIfSystemProperty(named = "magpie.system", matches = "cluster")
class SettingsIT {

    private static final int MANY = 20;

    @AfterEach
    void putBack(Cluster cluster) {
        cluster.changeSettings("im-service", "# nothing is changed\n");
        cluster.changeSettings("im-tcp", "# nothing is changed\n");
    }

    @Test
    void howFastAUserMaySendIsChangedAndTheLogSaysSo(People people, Cluster cluster) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        try (var connection = alice.logInByHand("phone", 1)) {
            assertThat(refusedOf(MANY, connection, alice, bob)).isZero();
            var before = cluster.log().position();

            cluster.changeSettings("im-service", "im.service.send-rate: {user-per-second: 1, user-burst: 1}");
            awaitTwice(cluster, before, "im.service.send-rate.userPerSecond was 500 and is 1 now");

            assertThat(refusedOf(MANY, connection, alice, bob)).isPositive();
        }
    }

    @Test
    void aBadValueIsRefusedAndTheOldOneStays(People people, Cluster cluster) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var before = cluster.log().position();

        cluster.changeSettings("im-service", "im.service.send-rate: {user-per-second: -5}");
        awaitTwice(cluster, before, "im-service.yaml is refused, and everything stays as it was");

        try (var connection = alice.logInByHand("phone", 1)) {
            assertThat(refusedOf(MANY, connection, alice, bob)).isZero();
        }
    }

    @Test
    void drainTimesAndTheRateOfConnectionsChangeInTheGateways(Cluster cluster) {
        var before = cluster.log().position();

        cluster.changeSettings("im-tcp", "im.tcp: {drain: {spread: 7s}, limits.rate.requests-per-second: 123}");

        awaitTwice(cluster, before, "im.tcp.drain.spread was");
        awaitTwice(cluster, before, "im.tcp.limits.rate.requestsPerSecond was 500 and is 123 now");
    }

    /** Sends messages and counts those that were told to come more slowly. */
    private static long refusedOf(int count, RawConnection connection, Person from, Person to) {
        var refused = 0;
        for (var number = 0; number < count; number++) {
            var request = Requests.send(
                    from.conversationWith(to),
                    UuidV7.next(System::currentTimeMillis).toString(),
                    "message " + number);
            var reply = connection.ask(Command.SEND, request);
            if (reply.code() != ErrorCode.OK) {
                assertThat(reply.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                refused++;
            }
        }
        return refused;
    }

    private static void awaitTwice(Cluster cluster, Position since, String line) {
        Await.until("both processes say: " + line, () -> cluster.log().count(since, line) == 2);
    }
}
