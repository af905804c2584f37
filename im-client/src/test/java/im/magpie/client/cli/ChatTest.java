package im.magpie.client.cli;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Account;
import im.magpie.client.MagpieClient;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice sits at a console, Bob and Carol are elsewhere. */
class ChatTest {

    private final MiniMagpie magpie = new MiniMagpie(1, 60_000, Faults.none());
    private final Ears bobsEars = new Ears();
    private final MagpieClient bob = friend("bob", bobsEars);
    private final List<Seat> seats = new ArrayList<>();

    /** A console with somebody at it. */
    private final class Seat {

        private final ScriptConsole console = new ScriptConsole();
        private final MemoryClientStore store = new MemoryClientStore();
        private final Chat chat = new Chat("alice", console);
        private final MagpieClient client;
        private final Thread thread;

        private Seat() {
            this("alice-shell");
        }

        private Seat(String deviceId) {
            var account = new Account("demo", "alice", ClientType.LINUX, deviceId, "Alice's " + deviceId);
            client = MagpieClient.start(
                    TestClients.on(account, magpie.nodes().getFirst(), chat).withStore(store));
            thread = Thread.startVirtualThread(() -> new ChatLoop("alice", client, store, chat, console).run());
            Await.value(client.ready());
            seats.add(this);
        }

        private void leave() {
            console.end();
            Await.until(() -> !thread.isAlive(), "the end of the chat");
            client.close();
        }
    }

    private MagpieClient friend(String name, Ears ears) {
        var client = MagpieClient.start(TestClients.user(name, magpie.nodes().getFirst(), ears));
        Await.value(client.ready());
        return client;
    }

    @AfterEach
    void close() {
        seats.forEach(Seat::leave);
        bob.close();
        magpie.close();
    }

    @Test
    void whatIsTypedIsSentAndItsMarksAreShown() {
        var seat = new Seat();
        seat.console.type("/to bob");
        seat.console.type("hello there");
        assertThat(seat.console.awaitLine("hello there"))
                .contains("✓ hello there")
                .doesNotContain("✓✓");
        assertThat(seat.console.awaitLine("✓✓")).isEqualTo("      ✓✓ hello there");
        assertThat(bobsEars.texts(1)).containsExactly("hello there");
        bob.read(CONVERSATION, 1);
        assertThat(seat.console.awaitLine("read")).isEqualTo("      ✓✓ read: hello there");
    }

    @Test
    void whatIsShownOfTheOpenConversationIsRead() {
        var seat = new Seat();
        seat.console.type("/to bob");
        seat.console.type("/who");
        seat.console.awaitLine("you are alice, connected to node-1");
        bob.sendText(CONVERSATION, "hi \u001b[2Jalice");
        assertThat(seat.console.awaitLine("bob:")).contains("bob: hi  [2Jalice");
        Await.until(
                () -> bobsEars.receipts.stream().anyMatch(receipt -> receipt.getReadSequence() == 1), "the read mark");
    }

    @Test
    void whatIsNotOpenIsNotRead() {
        var seat = new Seat();
        bob.sendText(CONVERSATION, "are you there?");
        assertThat(seat.console.awaitLine("are you there?")).startsWith("[bob] ");
        seat.console.type("/who");
        assertThat(seat.console.awaitLine("unread")).isEqualTo("-- 1 unread from bob");
        assertThat(bobsEars.receipts).noneMatch(receipt -> receipt.getReadSequence() > 0);
        seat.console.type("/to bob");
        assertThat(seat.console.awaitLine("are you there?")).doesNotContain("[bob]");
        Await.until(
                () -> bobsEars.receipts.stream().anyMatch(receipt -> receipt.getReadSequence() == 1), "the read mark");
    }

    @Test
    void showsHistoryPageByPage() {
        for (var i = 1; i <= 5; i++) {
            Await.value(bob.sendText(CONVERSATION, "message " + i));
        }
        var seat = new Seat();
        seat.console.awaitLine("message 5");
        seat.console.type("/to bob");
        seat.console.awaitLine("message 5");
        seat.console.type("/history 2");
        assertThat(seat.console.awaitLine("bob: message")).endsWith("message 4");
        assertThat(seat.console.awaitLine("bob: message")).endsWith("message 5");
        assertThat(seat.console.awaitLine("earlier")).isEqualTo("-- earlier ones: /history 2 #4");
        seat.console.type("/history 2 #4");
        assertThat(seat.console.awaitLine("bob: message")).startsWith("#2 ").endsWith("message 2");
        assertThat(seat.console.awaitLine("bob: message")).startsWith("#3 ").endsWith("message 3");
        seat.console.type("/history everything");
        seat.console.awaitLine("/history 50 #120");
    }

    @Test
    void saysWhatCouldNotBeSent() {
        var seat = new Seat();
        magpie.refuse("alice", ErrorCode.BLOCKED_BY_RECIPIENT);
        seat.console.type("/to bob");
        seat.console.type("hello?");
        assertThat(seat.console.awaitLine("✗")).isEqualTo("-- ✗ not sent to bob: hello? (BLOCKED_BY_RECIPIENT)");
    }

    @Test
    void saysWhenTheConnectionIsLostAndWhenItIsBack() {
        var seat = new Seat();
        magpie.cut("alice");
        seat.console.awaitLine("the connection is lost");
        seat.console.awaitLine("connected again");
        seat.console.type("/to bob");
        seat.console.type("still there?");
        seat.console.awaitLine("✓ still there?");
    }

    @Test
    void endsWhenTheServerEndsTheSession() {
        var seat = new Seat();
        magpie.kick("alice");
        seat.console.awaitLine("you have signed in elsewhere (LINUX laptop)");
        seat.console.type("/who");
        Await.until(() -> !seat.thread.isAlive(), "the end of the chat");
    }

    @Test
    void showsWhatItHasWhenTheServerIsOutOfReach() {
        for (var i = 1; i <= 100; i++) {
            Await.value(bob.sendText(CONVERSATION, "old " + i));
        }
        Await.value(bob.sendText(CONVERSATION, "remember this"));
        var seat = new Seat();
        seat.console.type("/to bob");
        seat.console.awaitLine("remember this");
        magpie.close();
        seat.console.awaitLine("the connection is lost");
        seat.console.type("/history 100");
        seat.console.awaitLine("remember this");
        seat.console.awaitLine("earlier ones");
        seat.console.type("/history 101");
        seat.console.awaitLine("the server is out of reach");
        seat.console.awaitLine("remember this");
        seat.console.type("unheard");
        seat.console.type("/quit");
        assertThat(seat.console.awaitLine("could not be sent")).startsWith("-- 1 could not be sent yet");
    }

    @Test
    void showsWhereTheUserIsSignedInAndEndsThatElsewhere() {
        var shell = new Seat();
        var laptop = new Seat("laptop");
        shell.console.type("/devices");
        assertThat(shell.console.awaitLine("shell"))
                .isEqualTo("  1  Alice's alice-shell (LINUX alice-shell), this device");
        assertThat(shell.console.awaitLine("laptop")).isEqualTo("  2  Alice's laptop (LINUX laptop), online");
        shell.console.type("/signout 1");
        shell.console.awaitLine("/quit leaves it");
        shell.console.type("/signout 3");
        shell.console.awaitLine("which one?");
        shell.console.type("/signout 2");
        shell.console.awaitLine("-- signed out: Alice's laptop (LINUX laptop)");
        laptop.console.awaitLine("this device has been signed out (LINUX alice-shell)");
        laptop.console.type("/who");
        Await.until(() -> !laptop.thread.isAlive(), "the end of the other chat");
    }

    @Test
    void signsOutNothingThatWasNotShown() {
        var console = new Seat().console;
        console.type("/signout 1");
        console.awaitLine("/devices shows their numbers");
        magpie.close();
        console.awaitLine("the connection is lost");
        console.type("/devices");
        console.awaitLine("that did not work: there is no connection");
    }

    @Test
    void helpsWhoIsLost() {
        var console = new Seat().console;
        console.type("hello?");
        console.awaitLine("to whom? /to NAME");
        console.type("/history");
        console.awaitLine("of which conversation?");
        console.type("/dance");
        console.awaitLine("there is no command /dance");
        console.type("/to nobody at all");
        console.awaitLine("\"nobody at all\"");
        console.type("/help");
        console.awaitLine("/quit");
    }

    @Test
    void aScriptMayEndAtOnce() {
        var seat = new Seat();
        seat.console.type("/to bob");
        seat.console.type("one");
        seat.console.type("two");
        seat.leave();
        assertThat(bobsEars.texts(2)).containsExactly("one", "two");
    }
}
