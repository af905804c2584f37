package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersChanged;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.codec.protocol.MessageContent;
import org.junit.jupiter.api.Test;

class GroupEventTextTest {

    private static ChatMessage message(String actor, GroupEvent.Builder event) {
        return ChatMessage.newBuilder()
                .setSenderId(actor)
                .setContent(MessageContent.newBuilder().setGroupEvent(event))
                .build();
    }

    private static String text(GroupEvent.Builder event) {
        return MessageText.of(message("alice", event));
    }

    private static GroupEvent.Builder event() {
        return GroupEvent.newBuilder();
    }

    private static MembersChanged.Builder member(GroupMember.Builder member) {
        return MembersChanged.newBuilder().addMembers(member.setUserId("bob"));
    }

    private static GroupMember.Builder bob() {
        return GroupMember.newBuilder();
    }

    @Test
    void tellsWhoComesAndGoes() {
        var came =
                MembersCame.newBuilder().addUserIds("alice").addUserIds("bob").setName("X");
        assertThat(text(event().setCreated(came))).isEqualTo("* alice made the group X with bob");
        var added =
                MembersCame.newBuilder().addUserIds("bob").addUserIds("carol").addUserIds("dave");
        assertThat(text(event().setAdded(added))).isEqualTo("* alice added bob, carol and dave");
        assertThat(text(event().setJoined(MembersCame.newBuilder().addUserIds("bob"))))
                .isEqualTo("* bob joined");
        var went = MembersWent.newBuilder().addUserIds("bob");
        assertThat(text(event().setRemoved(went))).isEqualTo("* alice removed bob");
        assertThat(text(event().setLeft(went))).isEqualTo("* bob left");
        assertThat(text(event().setDissolved(true))).isEqualTo("* alice dissolved the group");
        assertThat(MessageText.of(message("", event().setDissolved(true)))).isEqualTo("* the app dissolved the group");
    }

    @Test
    void tellsWhatMembersBecome() {
        assertThat(text(event().setAppointed(member(bob().setRole(GroupRole.ADMIN)))))
                .isEqualTo("* alice made bob an admin");
        assertThat(text(event().setAppointed(member(bob().setRole(GroupRole.MEMBER)))))
                .isEqualTo("* alice made bob a member like the others");
        assertThat(text(event().setMuted(member(bob().setMutedUntil(1_750_000_000_000L)))))
                .startsWith("* alice muted bob until 2025-06-15 ");
        assertThat(text(event().setMuted(member(bob())))).isEqualTo("* alice lets bob write again");
        assertThat(text(event().setRenamed(member(bob().setNickname("Bobby")))))
                .isEqualTo("* bob is called Bobby here");
        var transferred = member(bob().setRole(GroupRole.OWNER))
                .addMembers(GroupMember.newBuilder().setUserId("alice").setRole(GroupRole.ADMIN));
        assertThat(text(event().setTransferred(transferred))).isEqualTo("* alice made bob the owner");
    }

    @Test
    void tellsWhatTheGroupBecomes() {
        var change = GroupChanged.newBuilder().setName("X").setMuted(true).setJoinPolicy(JoinPolicy.OPEN);
        assertThat(text(event().setChanged(change)))
                .isEqualTo("* alice named the group X, lets admins only write and lets everybody join");
        assertThat(text(event().setChanged(GroupChanged.newBuilder().setAnnouncement("no\u001b[2J smoking"))))
                .isEqualTo("* alice announced: no [2J smoking");
        var calls = GroupChanged.newBuilder().setMentionPolicy(MentionPolicy.EVERYBODY_MENTIONS_ALL);
        assertThat(text(event().setChanged(calls))).isEqualTo("* alice lets everybody call everybody");
    }

    @Test
    void saysNothingOfWhatNobodySees() {
        assertThat(MessageText.isShown(message("alice", event().setResized(true))))
                .isFalse();
        assertThat(MessageText.isShown(message("alice", event().setDissolved(true))))
                .isTrue();
    }
}
