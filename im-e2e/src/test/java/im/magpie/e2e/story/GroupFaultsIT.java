package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.SentMessage;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.GroupSize;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Cluster;
import im.magpie.e2e.system.GroupBounds;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.HttpApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Groups whose ways change, or break, while people speak: each device is shown everything once, in order, and hears of what comes next. */
@OnMagpie(OnMagpie.BROKEN)
class GroupFaultsIT {

    private static final String SYSTEM = "magpie.system";

    /** With these every group of the stories is told of its messages in another way than with the small ones. */
    private static final GroupBounds SMALLER = new GroupBounds(2, 4);

    private static final int ROUNDS = 3;

    private Person carol;
    private Device phone;
    private Device laptop;
    private Device tablet;
    private List<InGroup> groups = List.of();

    /** Alice's groups of every size, with Bob and Carol at the other gateway. */
    @BeforeEach
    void makeGroups(People people, MagpieSystem system) {
        system.changeGroupBounds(GroupBounds.SMALL);
        var alice = people.person("alice");
        var bob = people.person("bob");
        carol = people.person("carol");
        phone = alice.signIn("phone", 1);
        laptop = bob.signIn("laptop", 2);
        tablet = carol.signIn("tablet", 2);
        groups = Stream.of(GroupSize.values())
                .map(size -> size.madeBy(phone, people, bob, carol))
                .toList();
    }

    /** Begins to say something in every group. */
    private List<CompletableFuture<SentMessage>> speak(String what) {
        var asked = new ArrayList<CompletableFuture<SentMessage>>();
        for (var i = 0; i < 10; i++) {
            for (var group : groups) {
                asked.add(group.sends("%s %d".formatted(what, i)));
                asked.add(group.on(laptop).sends("%s %d, says Bob".formatted(what, i)));
            }
        }
        return asked;
    }

    private void speakAndHear(String what, Device... devices) {
        speak(what).forEach(People::outcome);
        hear(what, devices);
    }

    private void hear(String what, Device... devices) {
        for (var group : groups) {
            var newest = group.says("the end of " + what).sequence();
            Stream.of(devices).map(group::on).forEach(seen -> seen.awaitEverything(newest));
        }
    }

    /** More than once: what a device has missed it might get by a SYNC that something else made it ask for. */
    private void speakAndHearAgain() {
        for (var round = 1; round <= ROUNDS; round++) {
            speakAndHear("round " + round, phone, laptop, tablet);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SYSTEM, matches = "cluster")
    void nothingIsLostWhereTheBoundsChange(MagpieSystem system) {
        speakAndHear("before", phone, laptop, tablet);
        tablet.goesOffline();
        var meanwhile = speak("meanwhile");

        system.changeGroupBounds(SMALLER);
        crossNow("smaller");
        meanwhile.forEach(People::outcome);
        speakAndHear("smaller", phone, laptop);

        system.changeGroupBounds(GroupBounds.SMALL);
        crossNow("as before");
        hear("the away", tablet.online());
        speakAndHearAgain();
        hear("the new", carol.signIn("another", 1));
    }

    /** A group takes new bounds on with its next event. */
    private void crossNow(String name) {
        groups.forEach(group -> group.does((all, id) -> all.rename(id, carol.userId(), name)));
    }

    @Test
    void redisForgetsWhichNodesHaveMembers(MagpieSystem system) {
        speakAndHear("before", phone, laptop, tablet);
        var meanwhile = speak("meanwhile");

        system.redis().flushAll();

        meanwhile.forEach(People::outcome);
        speakAndHearAgain();
    }

    @Test
    @EnabledIfSystemProperty(named = SYSTEM, matches = "cluster")
    void theGatewaysLoseTheirQueues(Cluster cluster) {
        speakAndHear("before", phone, laptop, tablet);
        var meanwhile = speak("meanwhile");

        closeConnections(cluster.broker());

        meanwhile.forEach(People::outcome);
        speakAndHearAgain();
        assertThat(List.of(phone, laptop, tablet)).allMatch(device -> device.connections() == 1);
    }

    /** A gateway's queue goes with the connection over which it is there. */
    private static void closeConnections(HttpApi broker) {
        var connections = broker.get("/api/connections?page=1&page_size=500")
                .orFail()
                .body()
                .objects("items");
        // One of each im-service, im-message-store and im-tcp at least.
        assertThat(connections).hasSizeGreaterThanOrEqualTo(6);
        for (var connection : connections) {
            var name = URLEncoder.encode(connection.text("name"), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            // One that has gone by itself meanwhile is not found.
            assertThat(broker.delete("/api/connections/" + name).status()).isIn(204, 404);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SYSTEM, matches = "cluster")
    void aGatewayIsKilledAndItsMembersAreElsewhereMeanwhile(Cluster cluster) {
        var elsewhere = carol.signIn("elsewhere", 1);
        speakAndHear("before", phone, laptop, tablet, elsewhere);

        cluster.member("im-tcp-2").kill();
        groups.forEach(group -> group.says("who is there?"));
        hear("the half", phone, elsewhere);
        cluster.member("im-tcp-2").comeBack();

        laptop.awaitConnections(2);
        tablet.awaitConnections(2);
        speakAndHearAgain();
    }
}
