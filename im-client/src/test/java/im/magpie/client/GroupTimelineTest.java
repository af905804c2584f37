package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent.WhatCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the members of a group see of it. */
class GroupTimelineTest {

    private final MiniMagpie magpie = new MiniMagpie(1, 60_000, Faults.none());
    private final List<Phone> phones = new ArrayList<>();
    private final Phone alice = new Phone("alice");
    private final Phone bob = new Phone("bob");

    private final class Phone {

        private final String owner;
        private final ClientStore store = new MemoryClientStore();
        private final Ears ears = new Ears();
        private MagpieClient client;

        private Phone(String owner) {
            this.owner = owner;
            this.client = start();
            phones.add(this);
        }

        private MagpieClient start() {
            var options = TestClients.user(owner, magpie.nodes().getFirst(), ears);
            var started = MagpieClient.start(options.withStore(store));
            Await.value(started.ready());
            return started;
        }

        private ChatMessage next() {
            return Await.next(ears.messages, "a message for " + owner);
        }

        private void awaitEvent(WhatCase what, String actor) {
            var event = next();
            assertThat(event.getContent().getGroupEvent().getWhatCase()).isEqualTo(what);
            assertThat(event.getSenderId()).isEqualTo(actor);
        }

        private void says(Group group, String text) {
            Await.value(client.sendText(group.getConversationId(), text));
        }

        private List<Long> kept(Group group) {
            return store.messages(group.getConversationId(), 0, Long.MAX_VALUE).stream()
                    .map(ChatMessage::getSequence)
                    .toList();
        }
    }

    @AfterEach
    void close() {
        phones.forEach(phone -> phone.client.close());
        magpie.close();
    }

    @Test
    void everybodyHearsWhatHappensAndWhatIsSaid() {
        var club = Await.value(alice.client.groups().create("club", List.of("bob")));
        bob.awaitEvent(WhatCase.CREATED, "alice");
        alice.awaitEvent(WhatCase.CREATED, "alice");
        bob.says(club, "hello");
        assertThat(alice.ears.texts(1)).containsExactly("hello");
        assertThat(alice.kept(club)).containsExactly(1L, 2L);
        assertThat(bob.kept(club)).containsExactly(1L, 2L);
    }

    @Test
    void aNewcomerHasWhatIsSaidFromHisComingOn() {
        var club = Await.value(alice.client.groups().create("club", List.of("bob")));
        alice.says(club, "of old");
        var carol = new Phone("carol");
        Await.value(alice.client.groups().add(club.getGroupId(), List.of("carol")));
        carol.awaitEvent(WhatCase.ADDED, "alice");
        alice.says(club, "welcome");
        assertThat(carol.ears.texts(1)).containsExactly("welcome");
        assertThat(carol.kept(club)).containsExactly(3L, 4L);
        assertThat(Await.value(carol.client.history(club.getConversationId(), 0, 0)))
                .extracting(ChatMessage::getSequence)
                .containsExactly(3L, 4L);
    }

    @Test
    void aNewcomerHasAllOfAnOpenHistory() {
        var open = CreateGroup.newBuilder().setName("club").setOpenHistory(true).build();
        var club = Await.value(alice.client.groups().create(open));
        alice.says(club, "of old");
        Await.value(alice.client.groups().add(club.getGroupId(), List.of("bob")));
        bob.awaitEvent(WhatCase.CREATED, "alice");
        assertThat(bob.ears.texts(1)).containsExactly("of old");
        bob.awaitEvent(WhatCase.ADDED, "alice");
    }

    @Test
    void whoIsRemovedKeepsWhatHeHasAndHearsNoMore() {
        var club = Await.value(alice.client.groups().create("club", List.of("bob")));
        alice.says(club, "one");
        Await.value(alice.client.groups().remove(club.getGroupId(), List.of("bob")));
        alice.says(club, "behind his back");
        bob.awaitEvent(WhatCase.CREATED, "alice");
        assertThat(bob.ears.texts(1)).containsExactly("one");
        bob.awaitEvent(WhatCase.REMOVED, "alice");

        var again = new Phone("bob");
        assertThat(again.kept(club)).containsExactly(1L, 2L, 3L);
        assertThat(bob.kept(club)).containsExactly(1L, 2L, 3L);
        var entry = Await.next(again.ears.conversations, "the conversation");
        assertThat(entry.getLeft()).isTrue();
        assertThat(entry.getNewestSequence()).isEqualTo(3);
        var refusal = Await.failure(bob.client.sendText(club.getConversationId(), "let me in"));
        assertThat(refusal)
                .asInstanceOf(type(RequestFailedException.class))
                .extracting(RequestFailedException::code)
                .isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
    }

    @Test
    void whoComesBackHasBothTimesAndNothingBetween() {
        var club = Await.value(alice.client.groups().create("club", List.of("bob")));
        Await.value(bob.client.groups().leave(club.getGroupId()));
        alice.says(club, "between");
        Await.value(alice.client.groups().add(club.getGroupId(), List.of("bob")));
        alice.says(club, "again");
        Await.until(() -> bob.kept(club).equals(List.of(1L, 2L, 4L, 5L)), "both times");

        assertThat(new Phone("bob").kept(club)).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void aDeviceThatWasAwayHasEverythingWhenItIsBack() {
        bob.client.close();
        var club = Await.value(alice.client.groups().create("club", List.of("bob")));
        LongStream.rangeClosed(1, 50).forEach(i -> alice.says(club, "missed " + i));
        bob.client = bob.start();
        assertThat(bob.kept(club)).hasSize(51);
        var entry = Await.next(bob.ears.conversations, "the conversation");
        assertThat(entry)
                .extracting(ConversationEntry::getNewestSequence, ConversationEntry::getNewestOrdinal)
                .containsExactly(51L, 50L);
    }

    @Test
    void whatIsOnlyNoticedComesAllTheSame() {
        var club = Await.value(alice.client.groups().create("club", List.of("bob")));
        magpie.noticeOnly(club.getConversationId());
        bob.awaitEvent(WhatCase.CREATED, "alice");
        alice.says(club, "one");
        alice.says(club, "two");
        assertThat(bob.ears.texts(2)).containsExactly("one", "two");
    }
}
