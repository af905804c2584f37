package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.MagpieClient;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.RoomEars;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.RoomChange;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice sits at a console and is in rooms, Bob is elsewhere. */
class RoomChatTest {

    private final MiniMagpie magpie = new MiniMagpie(1, 60_000, Faults.none());
    private final MagpieClient bob =
            MagpieClient.start(TestClients.user("bob", magpie.nodes().getFirst(), new Ears()));
    private final RoomEars bobsEars = new RoomEars();
    private final ScriptConsole console = new ScriptConsole();
    private final MemoryClientStore store = new MemoryClientStore();
    private final Chat chat = new Chat("alice", console);
    private final MagpieClient alice = MagpieClient.start(
            TestClients.user("alice", magpie.nodes().getFirst(), chat).withStore(store));
    private final Thread thread =
            Thread.startVirtualThread(() -> new ChatLoop("alice", alice, store, chat, console).run());

    @AfterEach
    void leave() {
        console.end();
        Await.until(() -> !thread.isAlive(), "the end of the chat");
        alice.close();
        bob.close();
        magpie.close();
    }

    private void bobIsInHisRoom() {
        var stage = CreateRoom.newBuilder().setName("the stage").setKeepDays(3);
        Await.value(bob.rooms().create("stage", stage.build()));
        Await.value(bob.rooms().enter("stage", bobsEars));
    }

    private void bothAreInBobsRoom() {
        bobIsInHisRoom();
        console.type("/room enter stage");
        assertThat(console.awaitLine("-- room"))
                .isEqualTo("-- room stage  the stage, 2 present, owned by bob, keeps what is said for 3 days");
    }

    @Test
    void makesARoomAndSpeaksThere() {
        console.type("/room new \"the stage\"");
        var room = console.awaitLine("-- room ");
        assertThat(room).endsWith("  the stage, 1 present, owned by alice");
        var id = room.split("\\s+", 4)[2];
        Await.value(bob.rooms().enter(id, bobsEars));
        console.type("/room say hello everybody");
        assertThat(console.awaitLine("hello everybody"))
                .startsWith("[the stage] ")
                .endsWith("alice: hello everybody");
        assertThat(bobsEars.next()).isEqualTo("alice: hello everybody");
        console.type("/room ban bob 5");
        assertThat(console.awaitLine("banned")).startsWith("[the stage] ").contains("* bob is banned until ");
        console.type("/room users");
        assertThat(console.awaitLine("   bob")).startsWith("   bob is banned until ");
        console.type("/room unban bob");
        console.awaitLine("* bob may be here and speak, says alice");
        console.type("/room moderator bob");
        console.awaitLine("* bob is a moderator, says alice");
        console.type("/room name another stage");
        console.awaitLine("* alice named the room another stage");
        console.type("/room mute");
        console.awaitLine("[another stage] ");
        console.type("/room close");
        console.awaitLine("* alice closed the room");
        console.awaitLine("[another stage] -- you are out: the room is closed");
    }

    @Test
    void showsWhatHappensInARoom() {
        bothAreInBobsRoom();
        Await.value(bob.rooms().sendText("stage", "welcome"));
        assertThat(console.awaitLine("welcome")).startsWith("[the stage] ").endsWith("bob: welcome");
        var change = RoomChange.newBuilder().setAnnouncement("no \u001bnoise").setMuted(true);
        Await.value(bob.rooms().change("stage", change.build()));
        console.awaitLine("* bob announced: no  noise and lets moderators only speak");
        console.type("/room say may I?");
        console.awaitLine("that did not work: muted");
        magpie.cut("alice");
        console.awaitLine("[the stage] -- you are in it again");
        Await.value(bob.rooms().ban("stage", "alice", Duration.ofMinutes(1)));
        console.awaitLine("[the stage] -- you are out: you are banned");
    }

    @Test
    void readsWhatWasKeptAndLeaves() {
        bobIsInHisRoom();
        Await.value(bob.rooms().sendText("stage", "one"));
        Await.value(bob.rooms().sendText("stage", "two"));
        console.type("/room enter stage");
        console.awaitLine("-- room stage");
        console.type("/room history");
        console.awaitLine("bob: one");
        console.awaitLine("bob: two");
        console.type("/room info");
        console.awaitLine("-- room stage  the stage, 2 present");
        console.type("/room leave");
        console.awaitLine("-- done");
        console.type("/room say is anybody there?");
        console.awaitLine("in which room?");
        assertThat(Await.value(bob.rooms().get("stage")).getPresent()).isEqualTo(1);
    }

    @Test
    void helpsWhoIsLost() {
        console.type("/room");
        console.awaitLine("/room new NAME");
        console.type("/room info");
        console.awaitLine("in which room?");
        console.type("/room new");
        console.awaitLine("what shall it be called?");
        console.type("/room new stage for ever");
        console.awaitLine("what shall it be called?");
        console.type("/room enter");
        console.awaitLine("which one?");
        console.type("/room enter nowhere");
        console.awaitLine("that did not work: there is no such room");
        bothAreInBobsRoom();
        console.type("/room history all");
        console.awaitLine("how many?");
        console.type("/room mute bob for ever");
        console.awaitLine("for how many minutes?");
        console.type("/room ban");
        console.awaitLine("whom?");
        console.type("/room moderator");
        console.awaitLine("whom?");
        console.type("/room ban bob");
        console.awaitLine("that did not work: the room is somebody else's");
    }
}
