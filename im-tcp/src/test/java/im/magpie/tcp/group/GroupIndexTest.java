package im.magpie.tcp.group;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.common.broker.GroupMembers;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.common.rpc.UnindexedGroup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupIndexTest {

    private static final String HERE = "group_here";
    private static final GroupName GROUP = new GroupName("app", HERE);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GroupMeters meters = new GroupMeters(registry);
    private final Notices notices = new Notices(Duration.ZERO, meters);
    private final GroupIndex index = new GroupIndex(notices, meters);
    private final Device alice = new Device(1, "alice");
    private final Device bob = new Device(2, "bob");

    private void sync(Device device, long version, long place) {
        index.synced(
                device.connection,
                SyncOutcome.newBuilder()
                        .addGroups(UnindexedGroup.newBuilder()
                                .setConversationId(HERE)
                                .setVersion(version)
                                .setNewestSequence(place))
                        .build());
    }

    private static GroupMembers.Builder at(long version) {
        return GroupMembers.newBuilder().setAppId("app").setVersion(version);
    }

    private static GroupMembers.Builder event(long version, String... gone) {
        return at(version).setEvent(true).addAllGone(List.of(gone));
    }

    /** Returns the users who are shown a message. */
    private List<String> shown(long sequence, GroupMembers.Builder members) {
        return push(Command.PUSH, sequence, members);
    }

    private List<String> push(Command command, long sequence, GroupMembers.Builder members) {
        var item = PushItem.newBuilder()
                .setCommand(command.getNumber())
                .setConversationId(HERE)
                .setSequence(sequence)
                .setMembers(members)
                .build();
        return index.recipients(item).stream()
                .map(connection -> connection.requireSession().getUserId())
                .sorted()
                .toList();
    }

    private void enters(Device device, long sequence, long version) {
        index.entered(
                device.connection,
                PushItem.newBuilder()
                        .setCommand(Command.PUSH_VALUE)
                        .setConversationId(HERE)
                        .setSequence(sequence)
                        .setMembersSince(version)
                        .build());
    }

    /** Returns the newest place that a device is told of now; 0 for none. */
    private long told(Device device) {
        notices.flush();
        return device.notices().stream()
                .flatMap(List::stream)
                .mapToLong(ConversationPosition::getSequence)
                .max()
                .orElse(0);
    }

    private GroupIndexTest settled(String... members) {
        var question = Objects.requireNonNull(index.question(GROUP));
        index.answer(GROUP, question, Set.of(members));
        return this;
    }

    @Test
    void whoHasSyncedIsShownWhatIsPushedToTheGroup() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);

        assertThat(shown(11, at(3))).containsExactly("alice", "bob");
        assertThat(index.begun()).containsExactly(GROUP);
        assertThat(index.doubted()).isEmpty();
    }

    @Test
    void theConnectionThatAMessageComesFromGetsNothing() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);

        assertThat(shown(11, at(3).setOrigin(1))).containsExactly("bob");
        assertThat(told(alice)).isZero();
    }

    @Test
    void whoIsRemovedIsShownNothingThatFollows() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);

        assertThat(shown(11, event(4, "bob"))).containsExactly("alice");
        assertThat(shown(12, at(4))).containsExactly("alice");
        assertThat(told(bob)).isZero();
    }

    @Test
    void whoComesIsShownTheEventAloneAndAllThatFollows() {
        sync(alice, 3, 10);
        enters(bob, 11, 4);

        assertThat(shown(11, event(4))).containsExactly("alice");
        assertThat(shown(12, at(4))).containsExactly("alice", "bob");
    }

    @Test
    void whoComesIsOnlyToldOfALateMessageFromBefore() {
        sync(alice, 3, 10);
        enters(bob, 12, 4);
        shown(12, event(4));

        assertThat(shown(11, at(3))).containsExactly("alice");
        assertThat(told(bob)).isEqualTo(11);
    }

    @Test
    void aMessageThatOvertakesItsEventIsToldToAllAndTheEventSettlesIt() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);

        assertThat(shown(12, at(4))).isEmpty();
        assertThat(told(alice)).isEqualTo(12);
        assertThat(index.doubted()).containsExactly(GROUP);
        assertThat(shown(11, event(4, "bob"))).containsExactly("alice");
        assertThat(Objects.requireNonNull(index.question(GROUP)).userIds()).isEmpty();
        assertThat(shown(13, at(4))).containsExactly("alice");
    }

    @Test
    void afterAMissedChangeNobodyIsShownAnythingBeforeTheServicesAreAsked() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);

        assertThat(shown(12, at(5))).isEmpty();
        assertThat(told(bob)).isEqualTo(12);
        assertThat(index.doubted().poll()).isEqualTo(GROUP);
        var question = Objects.requireNonNull(index.question(GROUP));
        assertThat(question.version()).isEqualTo(5);
        assertThat(question.userIds()).containsExactlyInAnyOrder("alice", "bob");
        index.answer(GROUP, question, Set.of("alice"));

        assertThat(shown(13, at(5))).containsExactly("alice");
        assertThat(index.doubted()).isEmpty();
    }

    @Test
    void whoIsRemovedWhileTheServicesAreAskedDoesNotComeBackByTheAnswer() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);
        shown(12, at(5));
        var question = Objects.requireNonNull(index.question(GROUP));

        assertThat(shown(13, event(6, "bob"))).isEmpty();
        index.answer(GROUP, question, Set.of("alice", "bob"));
        assertThat(shown(14, at(6))).isEmpty();
        settled("alice");

        assertThat(shown(15, at(6))).containsExactly("alice");
    }

    @Test
    void whoHasReadTheGroupBeforeAChangeThatWasLookedAtHereIsAskedAbout() {
        sync(alice, 3, 10);
        shown(11, event(4, "bob"));

        sync(bob, 3, 10);

        assertThat(shown(12, at(4))).containsExactly("alice");
        assertThat(told(bob)).isEqualTo(12);
        settled("alice");
        assertThat(shown(13, at(4))).containsExactly("alice");
        assertThat(told(bob)).isZero();
    }

    @Test
    void anAnswerSaysNothingOfWhoHasGoneAndComeInAgainSinceTheQuestion() {
        sync(alice, 3, 10);
        shown(11, event(4));
        sync(bob, 3, 10);
        var question = Objects.requireNonNull(index.question(GROUP));
        shown(12, event(5, "bob"));
        sync(bob, 4, 11);

        index.answer(GROUP, question, Set.of("bob"));

        assertThat(shown(13, at(5))).containsExactly("alice");
        assertThat(Objects.requireNonNull(index.question(GROUP)).userIds()).containsExactly("bob");
    }

    @Test
    void whoHasReadTheGroupAfterAChangeThatIsYetToComeWaitsForIt() {
        sync(alice, 3, 10);
        sync(bob, 4, 10);

        assertThat(shown(11, at(3))).containsExactly("alice");
        assertThat(told(bob)).isEqualTo(11);
        assertThat(shown(12, event(4, "bob"))).containsExactly("alice", "bob");
    }

    @Test
    void whatWasPushedBetweenASyncAndItsEntryIsTold() {
        sync(alice, 3, 10);
        shown(11, at(3));

        sync(bob, 3, 10);

        assertThat(told(bob)).isEqualTo(11);
        assertThat(told(alice)).isZero();
    }

    @Test
    void aPushThatWasLostIsTold() {
        sync(alice, 3, 10);
        shown(11, at(3));

        index.catchUp(GROUP, 11);
        assertThat(told(alice)).isZero();
        index.catchUp(GROUP, 12);
        assertThat(told(alice)).isEqualTo(12);
        assertThat(registry.get("magpie.gateway.group.repairs").counter().count())
                .isEqualTo(1);
    }

    @Test
    void noticesOfSeveralGroupsAreOnePacketWithTheNewestPlaceOfEach() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);
        index.synced(
                alice.connection,
                SyncOutcome.newBuilder()
                        .addGroups(UnindexedGroup.newBuilder()
                                .setConversationId("group_there")
                                .setVersion(1))
                        .build());
        push(Command.NOTICE, 11, at(3));
        push(Command.NOTICE, 12, at(3));
        index.catchUp(new GroupName("app", "group_there"), 7);
        notices.flush();

        assertThat(alice.notices())
                .singleElement()
                .satisfies(positions -> assertThat(positions)
                        .containsExactlyInAnyOrder(position(HERE, 12), position("group_there", 7)));
        assertThat(bob.notices()).containsExactly(List.of(position(HERE, 12)));
    }

    private static ConversationPosition position(String conversation, long sequence) {
        return ConversationPosition.newBuilder()
                .setConversationId(conversation)
                .setSequence(sequence)
                .build();
    }

    @Test
    void aNoticeThatAConnectionDoesNotTakeIsLeftToItsSync() {
        sync(alice, 3, 10);
        alice.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

        push(Command.NOTICE, 11, at(3));

        assertThat(told(alice)).isZero();
        assertThat(alice.connection.deliveries().takeMissed()).isTrue();
    }

    @Test
    void aListThatIsNotWholeIsReadAgain() {
        index.synced(
                alice.connection,
                SyncOutcome.newBuilder().setGroupsIncomplete(true).build());

        assertThat(alice.connection.deliveries().takeMissed()).isTrue();
    }

    @Test
    void aConnectionThatClosesLeavesAllItsGroups() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);
        alice.channel.close();
        assertThat(shown(11, at(3))).containsExactly("bob");

        bob.channel.close();

        assertThat(index.count()).isZero();
        assertThat(shown(12, at(3))).isEmpty();
        assertThat(registry.get("magpie.gateway.group.unknown").counter().count())
                .isEqualTo(1);
    }

    @Test
    void aConnectionThatIsClosedAlreadyDoesNotStay() {
        alice.channel.close();

        sync(alice, 3, 10);
        enters(alice, 11, 4);

        assertThat(index.count()).isZero();
    }

    @Test
    void aGroupWhoseMembersAreToldByTheirIndexGoes() {
        sync(alice, 3, 10);
        enters(bob, 14, 6);

        index.indexed(GROUP, 5);

        assertThat(index.count()).isEqualTo(1);
        assertThat(shown(15, at(6))).containsExactly("bob");
        index.indexed(GROUP, 6);
        assertThat(index.count()).isZero();
    }

    @Test
    void aGroupThatLeavesTheIndexAgainGoesOnWithThoseWhoAreInIt() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);
        // Something has happened between 3 and 8 of which the node is not pushed anything.
        enters(alice, 20, 8);

        assertThat(shown(20, event(8))).isEmpty();
        assertThat(shown(21, at(8))).containsExactly("alice");
        assertThat(told(bob)).isEqualTo(21);
        settled();
        assertThat(shown(22, event(9))).containsExactly("alice");
        assertThat(shown(23, at(9))).containsExactly("alice");
    }

    @Test
    void anEventThatComesTwiceChangesNothing() {
        sync(alice, 3, 10);
        sync(bob, 3, 10);
        shown(11, event(4, "bob"));
        enters(bob, 12, 5);
        shown(12, event(5));

        assertThat(shown(11, event(4, "bob"))).containsExactly("alice");

        assertThat(shown(13, at(5))).containsExactly("alice", "bob");
    }

    @Test
    void whoComesByAnEventThatIsLateIsAskedAbout() {
        sync(alice, 3, 10);
        shown(11, event(4));
        shown(12, event(5, "bob"));

        enters(bob, 11, 4);

        assertThat(shown(13, at(5))).containsExactly("alice");
        assertThat(new ArrayList<>(Objects.requireNonNull(index.question(GROUP)).userIds()))
                .containsExactly("bob");
    }
}
