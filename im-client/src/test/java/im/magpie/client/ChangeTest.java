package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.Reaction;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a device makes of changes. */
class ChangeTest {

    private final MiniMagpie magpie = new MiniMagpie(1, 10, new Faults(1, 0));
    private final Ears bobsEars = new Ears();
    private final ClientStore bobsStore = new MemoryClientStore();
    private MagpieClient alice;
    private MagpieClient bob;

    @BeforeEach
    void start() {
        alice = MagpieClient.start(TestClients.user("alice", magpie.nodes().getFirst(), new Ears()));
        bob = bob();
        Await.value(bob.ready());
        Await.value(alice.sendText(CONVERSATION, "hello"));
        assertThat(bobsEars.texts(1)).containsExactly("hello");
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
        magpie.close();
    }

    @Test
    void aRecallTakesTheContentWithoutAskingAnybody() {
        Await.value(alice.recall(CONVERSATION, 1));

        var changed = Await.next(bobsEars.changed, "the recalled message");
        assertThat(changed.getRecalled()).isTrue();
        assertThat(changed.hasContent()).isFalse();
        assertThat(bobsStore.messages(CONVERSATION, 0, 1)).containsExactly(changed);
        assertThat(bobsStore.stale()).isEmpty();
    }

    @Test
    void aRecallTakesWhatEditsSaidAsWell() {
        Await.value(alice.edit(CONVERSATION, 1, Contents.text("a slip")));
        assertThat(Await.next(bobsEars.changed, "the edited message").getContent())
                .isEqualTo(Contents.text("a slip"));
        Await.value(alice.recall(CONVERSATION, 1));
        assertThat(Await.next(bobsEars.changed, "the recalled message").getRecalled())
                .isTrue();

        assertThat(bobsStore.messages(CONVERSATION, 0, 3)).hasSize(3);
        assertThat(bobsStore.messages(CONVERSATION, 0, 3).toString()).doesNotContain("a slip");
    }

    @Test
    void anEditAndReactionsAreFetched() {
        Await.value(alice.edit(CONVERSATION, 1, Contents.text("hi")));
        assertThat(Await.next(bobsEars.changed, "the edited message").getContent())
                .isEqualTo(Contents.text("hi"));

        Await.value(bob.react(CONVERSATION, 1, "👍"));
        assertThat(Await.next(bobsEars.changed, "the message with a reaction").getReactionsList())
                .containsExactly(Reaction.newBuilder()
                        .setEmoji("👍")
                        .setCount(1)
                        .setMine(true)
                        .build());
        Await.value(bob.removeReaction(CONVERSATION, 1, "👍"));
        assertThat(Await.next(bobsEars.changed, "the message without it").getReactionsList())
                .isEmpty();
    }

    @Test
    void nobodyHearsOfAChangeAsOfAMessage() {
        Await.value(alice.react(CONVERSATION, 1, "👍"));
        Await.value(alice.sendText(CONVERSATION, "again"));
        assertThat(bobsEars.texts(1)).containsExactly("again");
    }

    @Test
    void aDeviceThatWasAwayLearnsWhatBecameOfItsMessages() {
        bob.close();
        Await.value(alice.edit(CONVERSATION, 1, Contents.text("hi")));
        Await.value(alice.react(CONVERSATION, 1, "👍"));
        bob = bob();

        ChatMessage changed;
        do {
            changed = Await.next(bobsEars.changed, "the message in its newest state");
        } while (changed.getChangedSequence() < 3);
        assertThat(changed.getContent()).isEqualTo(Contents.text("hi"));
        assertThat(changed.getReactionsCount()).isEqualTo(1);
        Await.until(() -> bobsStore.stale().isEmpty(), "nothing left to ask for");
    }

    @Test
    void whatAUserDeletesIsGoneOnHisDevicesAlone() {
        var tablet = new MemoryClientStore();
        var tabletsEars = new Ears();
        var options =
                TestClients.user("bob", magpie.nodes().getFirst(), tabletsEars).withStore(tablet);
        try (var other = MagpieClient.start(options.withInitialHistory(10))) {
            Await.value(other.ready());
            assertThat(tablet.messages(CONVERSATION, 0, 9)).hasSize(1);

            assertThat(Await.value(bob.deleteForMe(CONVERSATION, List.of(1L))).getDeletedList())
                    .containsExactly(1L);

            assertThat(bobsStore.messages(CONVERSATION, 0, 9)).isEmpty();
            assertThat(Await.next(tabletsEars.settings, "the settings").getDeletedList())
                    .containsExactly(1L);
            assertThat(tablet.messages(CONVERSATION, 0, 9)).isEmpty();
        }
    }

    @Test
    void settingsReachADeviceThatWasAway() {
        bob.close();
        var options = TestClients.user("bob", magpie.nodes().getFirst(), new Ears());
        try (var other = MagpieClient.start(options)) {
            Await.value(other.ready());
            Await.value(other.configure(ConfigureRequest.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setPinned(true)
                    .build()));
        }
        bob = bob();
        assertThat(Await.next(bobsEars.settings, "the settings").getPinned()).isTrue();
        assertThat(bobsStore.settings(CONVERSATION).getPinned()).isTrue();
    }

    @Test
    void theOtherSideSeesThatSomebodyIsWriting() {
        alice.typing(CONVERSATION);
        assertThat(Await.next(bobsEars.typing, "a sign of writing")).isEqualTo("alice");
    }

    private MagpieClient bob() {
        return MagpieClient.start(
                TestClients.user("bob", magpie.nodes().getFirst(), bobsEars).withStore(bobsStore));
    }
}
