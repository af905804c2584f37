package im.magpie.e2e.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersWent;
import im.magpie.codec.protocol.MessageContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChronicleTest {

    private final List<ChatMessage> timeline = new ArrayList<>();
    private int version;

    private ChronicleTest says(String who) {
        return add(who, Contents.text("hello"));
    }

    private ChronicleTest event(String who, GroupEvent.Builder event) {
        version++;
        return add(
                who,
                MessageContent.newBuilder()
                        .setGroupEvent(event.setVersion(version))
                        .build());
    }

    private ChronicleTest add(String who, MessageContent content) {
        timeline.add(ChatMessage.newBuilder()
                .setSenderId(who)
                .setSequence(timeline.size() + 1)
                .setContent(content)
                .build());
        return this;
    }

    private ChronicleTest created(String... ids) {
        return event("alice", GroupEvent.newBuilder().setCreated(came(ids)));
    }

    private ChronicleTest added(String... ids) {
        return event("alice", GroupEvent.newBuilder().setAdded(came(ids)));
    }

    private ChronicleTest addedWithHistory(String... ids) {
        return event("alice", GroupEvent.newBuilder().setAdded(came(ids).setOpenHistory(true)));
    }

    private ChronicleTest removed(String... ids) {
        return event(
                "alice",
                GroupEvent.newBuilder().setRemoved(MembersWent.newBuilder().addAllUserIds(List.of(ids))));
    }

    private static MembersCame.Builder came(String... ids) {
        return MembersCame.newBuilder().addAllUserIds(List.of(ids));
    }

    private List<Long> readableBy(String userId) {
        return Chronicle.of(timeline).readableBy(userId);
    }

    @Test
    void everybodyReadsFromHisComingToHisGoing() {
        created("alice", "bob").says("bob").added("carol").says("carol").removed("bob");
        says("alice").removed("carol").says("alice").added("bob").says("bob");

        assertThat(readableBy("alice")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(readableBy("bob")).containsExactly(1L, 2L, 3L, 4L, 5L, 9L, 10L);
        assertThat(readableBy("carol")).containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(readableBy("dave")).isEmpty();
    }

    @Test
    void whoComesToAnOpenHistoryReadsAllOfIt() {
        created("alice").says("alice").addedWithHistory("bob").says("bob").removed("bob");
        says("alice").addedWithHistory("bob");

        assertThat(readableBy("bob")).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void whoIsNotInSaysNothing() {
        created("alice", "bob").removed("bob").says("bob");

        assertNotRight("its sender is not in the group");
    }

    @Test
    void nobodyGoesTwice() {
        created("alice", "bob").removed("bob").removed("bob");

        assertNotRight("bob is not in the group");
    }

    @Test
    void nothingIsSaidBehindTheEnd() {
        created("alice")
                .event("alice", GroupEvent.newBuilder().setDissolved(true))
                .says("alice");

        assertNotRight("the group is no more");
    }

    @Test
    void noPlaceIsMissing() {
        created("alice").says("alice").says("alice");
        timeline.remove(1);

        assertNotRight("it is not the next place");
    }

    @Test
    void noEventIsMissing() {
        created("alice");
        version++;
        added("bob");

        assertNotRight("it is not the next version");
    }

    private void assertNotRight(String why) {
        assertThatThrownBy(() -> Chronicle.of(timeline))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(why);
    }
}
