package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.Phone;
import im.magpie.client.testing.Seeds;
import im.magpie.codec.protocol.CreateGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People come into a group and go, and write, over a bad network: in the end each has what he had the right to see, in order. */
class RandomGroupTest {

    private static final String GROUP = "club";
    private static final String CONVERSATION = "group_club";
    private static final int STEPS = 120;

    static LongStream seeds() {
        return Seeds.first(8);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everybodyHasWhatHeMaySee(long seed) {
        var random = new Random(seed);
        try (var magpie = new MiniMagpie(1, 10, new Faults(seed, 0.1))) {
            var alice = new Phone("alice", magpie);
            var others = List.of("bob", "carol", "dave").stream()
                    .map(owner -> new Phone(owner, magpie))
                    .toList();
            var open = random.nextBoolean();
            Await.value(alice.client
                    .groups()
                    .create(
                            GROUP,
                            CreateGroup.newBuilder()
                                    .setName("club")
                                    .addMemberIds("bob")
                                    .setOpenHistory(open)
                                    .build()));
            var asked = new ArrayList<CompletableFuture<?>>();
            for (var i = 0; i < STEPS; i++) {
                var other = others.get(random.nextInt(others.size()));
                switch (random.nextInt(12)) {
                    case 0 -> Await.value(alice.client.groups().add(GROUP, List.of(other.owner)));
                    case 1 -> Await.value(alice.client.groups().remove(GROUP, List.of(other.owner)));
                    case 2 -> other.restart();
                    case 3 -> magpie.noticeOnly(CONVERSATION);
                    case 4, 5, 6 -> asked.add(other.client.sendText(CONVERSATION, other.owner + i));
                    default -> asked.add(alice.client.sendText(CONVERSATION, "alice" + i));
                }
            }
            magpie.endFaults();
            asked.forEach(sent -> Await.until(sent::isDone, "an answer"));
            var phones = new ArrayList<>(others);
            phones.add(alice);
            phones.forEach(
                    phone -> Await.until(() -> Await.value(phone.client.unsent()) == 0, "all of " + phone.owner));
            for (var phone : phones) {
                Await.until(
                        () -> phone.heard().size()
                                >= phone.mayRead(CONVERSATION).size(),
                        "all for " + phone.owner);
                assertThat(phone.heard()).as(phone.owner).isEqualTo(phone.mayRead(CONVERSATION));
                phone.client.close();
            }
        }
    }
}
