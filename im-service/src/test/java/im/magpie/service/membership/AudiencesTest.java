package im.magpie.service.membership;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.GroupRows;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AudiencesTest {

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final UserKey BOB = new UserKey("app", "bob");
    private static final UserKey CAROL = new UserKey("app", "carol");

    private final Audiences audiences = TestGroups.in(database).audiences();

    @Test
    void ofTwoBothHear() {
        var audience = of(message("private_alice_bob", 0).addMentionedUserIds("bob"));
        assertThat(audience.users()).containsExactly(ALICE, BOB);
        assertThat(audience.called()).containsExactly(BOB);
        assertThat(audience.reach()).isEqualTo(Reach.INDEXED);
    }

    @Test
    void messagesOfOneVersionHaveOneAudience() {
        var group = group();
        var version = group.change(Reach.INDEXED, List.of("alice", "bob"), List.of());
        var first = of(message("group_here", version));
        assertThat(first.users()).containsExactly(ALICE, BOB);
        assertThat(of(message("group_here", version)).users()).isSameAs(first.users());
        assertThat(first.moved()).isEmpty();
    }

    @Test
    void whoGoesByAnEventHearsOfIt() {
        var group = group();
        group.change(Reach.INDEXED, List.of("alice", "bob"), List.of());
        var version = group.change(Reach.INDEXED, List.of(), List.of("bob"));
        var went = GroupEvent.newBuilder().setLeft(MembersWent.newBuilder().addUserIds("bob"));
        var audience = of(event(version, went));
        assertThat(audience.users()).containsExactlyInAnyOrder(ALICE, BOB);
        assertThat(audience.moved()).isEmpty();
    }

    @Test
    void aLargeGroupIsToldOfAnEventAtItsNodesAndWhoMovesByHimself() {
        var group = group();
        group.change(Reach.PUSHED, List.of("alice", "bob"), List.of());
        var version = group.change(Reach.PUSHED, List.of("carol"), List.of());
        var came = GroupEvent.newBuilder().setAdded(MembersCame.newBuilder().addUserIds("carol"));
        var audience = of(event(version, came));
        assertThat(audience.users()).containsExactly(CAROL);
        assertThat(audience.moved()).containsExactly(CAROL);
        assertThat(audience.reach()).isEqualTo(Reach.PUSHED);
        assertThat(of(message("group_here", version)).users()).isEmpty();
    }

    @Test
    void everybodyMovesByAnEventByWhichAGroupLeavesTheIndex() {
        var group = group();
        group.change(Reach.INDEXED, List.of("alice", "bob"), List.of());
        var version = group.change(Reach.PUSHED, List.of("carol"), List.of());
        var came = GroupEvent.newBuilder().setAdded(MembersCame.newBuilder().addUserIds("carol"));
        var audience = of(event(version, came));
        assertThat(audience.users()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
        assertThat(audience.moved()).containsExactlyInAnyOrder(ALICE, BOB, CAROL);
    }

    private static GroupRows group() {
        return new GroupRows(database, new GroupKey("app", "here"));
    }

    private Audience of(AcceptedMessage.Builder entry) {
        var message = entry.build();
        return audiences.of(message, Movement.of(message));
    }

    private static AcceptedMessage.Builder message(String conversation, long version) {
        return AcceptedMessage.newBuilder()
                .setAppId("app")
                .setConversationId(conversation)
                .setShapeVersion(version)
                .setSenderId("alice");
    }

    private static AcceptedMessage.Builder event(long version, GroupEvent.Builder what) {
        return message("group_here", version)
                .setEvent(true)
                .setContent(
                        MessageContent.newBuilder().setGroupEvent(what).build().toByteString());
    }
}
