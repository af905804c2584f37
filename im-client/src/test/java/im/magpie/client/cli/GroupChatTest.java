package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Groups;
import im.magpie.client.MagpieClient;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Alice sits at a console and has groups, Bob is elsewhere. */
class GroupChatTest {

    private static final String CLUB = Groups.conversationOf("club");

    private final MiniMagpie magpie = new MiniMagpie(1, 60_000, Faults.none());
    private final Ears bobsEars = new Ears();
    private final MagpieClient bob =
            MagpieClient.start(TestClients.user("bob", magpie.nodes().getFirst(), bobsEars));
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

    private void bobMakesTheClub() {
        var club = CreateGroup.newBuilder().setName("the club").addMemberIds("alice");
        Await.value(bob.groups().create("club", club.build()));
        console.awaitLine("bob made the group the club with alice");
    }

    @Test
    void makesAGroupAndTalksInIt() {
        console.type("/group new \"the club\" bob carol");
        assertThat(console.awaitLine("-- group ")).endsWith("  the club, 3 members");
        console.awaitLine("* alice made the group the club with bob and carol");
        console.type("hello all");
        console.awaitLine("✓ hello all");
        Await.next(bobsEars.messages, "the event");
        assertThat(bobsEars.texts(1)).containsExactly("hello all");
    }

    @Test
    void showsWhatHappensInAGroup() {
        bobMakesTheClub();
        Await.value(bob.sendText(CLUB, "hello"));
        assertThat(console.awaitLine("hello")).startsWith("[the club] ").endsWith("bob: hello");
        Await.value(bob.groups().add("club", List.of("carol", "dave")));
        assertThat(console.awaitLine("added")).startsWith("[the club] ").endsWith("* bob added carol and dave");
        console.type("/group open the club");
        console.awaitLine("-- group club  the club, 4 members");
        console.awaitLine("bob: hello");
        console.type("/group name another club");
        assertThat(console.awaitLine("named")).endsWith("* alice named the group another club");
        console.type("/group remove dave");
        assertThat(console.awaitLine("removed")).endsWith("* alice removed dave");
        console.type("/group members");
        console.awaitLine("   alice");
        console.awaitLine("   bob, owner");
        console.awaitLine("   carol");
    }

    @Test
    void showsWhatMembersAreCalledToWhoWantsToSeeThat() {
        bobMakesTheClub();
        Await.value(bob.groups().rename("club", "bob", "Bobby"));
        console.awaitLine("bob is called Bobby here");
        Await.value(bob.sendText(CLUB, "one"));
        assertThat(console.awaitLine("one")).endsWith("bob: one");

        console.type("/group open club");
        console.type("/group nicks please");
        console.awaitLine("/group nicks on, or off");
        console.type("/group nicks on");
        console.awaitLine("-- done");
        Await.until(() -> chat.line(said("bob")).endsWith("Bobby: "), "the nickname");
        Await.value(bob.groups().rename("club", "bob", "B."));
        Await.value(bob.sendText(CLUB, "two"));
        assertThat(console.awaitLine("two")).endsWith("B.: two");

        console.type("/group nicks off");
        Await.until(() -> chat.line(said("bob")).endsWith("bob: "), "the name");
    }

    @Test
    void showsWhoAsksToComeInAndWhatWasDecided() {
        bobMakesTheClub();
        var erins =
                JoinRequest.newBuilder().setGroupId("club").setUserId("erin").setMessage("please\u001b[2J");
        chat.onJoinRequest(erins.setState(JoinRequestState.ASKED).build());
        assertThat(console.awaitLine("asks"))
                .isEqualTo("-- erin asks to come into the club: please [2J (/group accept, or deny, erin)");
        chat.onJoinRequest(erins.setState(JoinRequestState.LET_IN).build());
        chat.onJoinRequest(erins.setState(JoinRequestState.TURNED_AWAY).build());
        assertThat(console.awaitLine("erin is")).isEqualTo("-- erin is turned away from the club");

        var own = JoinRequest.newBuilder().setGroupId("zoo").setUserId("alice");
        chat.onJoinRequest(own.setState(JoinRequestState.LET_IN).build());
        assertThat(console.awaitLine("zoo")).isEqualTo("-- you are let into zoo");
        chat.onJoinRequest(own.setState(JoinRequestState.TURNED_AWAY).build());
        assertThat(console.awaitLine("away from zoo")).isEqualTo("-- you are turned away from zoo");
    }

    private static ChatMessage said(String sender) {
        return ChatMessage.newBuilder()
                .setConversationId(CLUB)
                .setSenderId(sender)
                .setContent(Contents.text(""))
                .build();
    }

    /** Nobody has to read an event. */
    @Test
    void countsWhatSomebodySaysAlone() {
        bobMakesTheClub();
        Await.value(bob.sendText(CLUB, "one"));
        Await.value(bob.groups().add("club", List.of("carol")));
        console.awaitLine("added carol");
        console.type("/who");
        assertThat(console.awaitLine("unread")).isEqualTo("-- 1 unread from the club");
    }

    @Test
    void showsWhoIsMentioned() {
        bobMakesTheClub();
        var call = Contents.text("come here").toBuilder().addMentionedUserIds("alice");
        Await.value(bob.send(CLUB, call.build()));
        assertThat(console.awaitLine("come here")).endsWith("come here (you are mentioned)");
        console.type("/group open club");
        console.awaitLine("-- group club");
        console.type("@bob I do");
        console.awaitLine("✓ @bob I do");
        Await.until(() -> bobsEars.messages.size() == 3, "the event, the call and the answer");
        assertThat(List.copyOf(bobsEars.messages).getLast().getContent().getMentionedUserIdsList())
                .containsExactly("bob");
    }

    @Test
    void listsGroupsAndLeavesThem() {
        bobMakesTheClub();
        Await.value(bob.groups()
                .create(
                        "zoo",
                        CreateGroup.newBuilder()
                                .setName("the zoo")
                                .addMemberIds("alice")
                                .build()));
        console.awaitLine("the zoo");
        console.type("/group list");
        console.awaitLine("   club  the club, 2 members");
        console.awaitLine("   zoo  the zoo, 2 members");
        console.type("/group open zoo");
        console.awaitLine("-- group zoo");
        console.type("/group leave");
        console.awaitLine("* alice left");
        console.type("is anybody there?");
        console.awaitLine("✗ not sent to the zoo: is anybody there? (NOT_A_PARTICIPANT)");
        // What it has of it, it still shows.
        console.type("/group open zoo");
        console.awaitLine("that did not work");
        console.awaitLine("* alice left");
    }

    @Test
    void helpsWhoIsLost() {
        console.type("/group");
        console.awaitLine("/group new NAME");
        console.type("/group add bob");
        console.awaitLine("in which group?");
        console.type("/group new");
        console.awaitLine("what shall it be called?");
        console.type("/group open no such group");
        console.awaitLine("there is no group \"no such group\"");
        console.type("/group open nowhere");
        console.awaitLine("that did not work: there is no such group");
        bobMakesTheClub();
        console.type("/group open club");
        console.type("/group mute bob for ever");
        console.awaitLine("for how many minutes?");
        console.type("/group policy wild");
        console.awaitLine("/group policy closed, approval or open");
        console.type("/group link tomorrow");
        console.awaitLine("for how many hours?");
        console.type("/group readers");
        console.awaitLine("of which message?");
        console.type("/group enter");
        console.awaitLine("by which link?");
    }
}
