package im.magpie.e2e.story;

import static im.magpie.codec.protocol.GroupEvent.WhatCase.ADDED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.CHANGED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.CREATED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.DISSOLVED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.LEFT;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.MUTED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.REMOVED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.RENAMED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.TRANSFERRED;
import static im.magpie.e2e.people.InGroup.did;
import static im.magpie.e2e.people.InGroup.said;
import static im.magpie.e2e.people.InGroup.story;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Groups;
import im.magpie.client.SentMessage;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupMember;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People make groups, come and go, and write: over two gateways. */
@OnMagpie
class GroupIT {

    private Person alice;
    private Person bob;
    private Person carol;
    private Device phone;
    private Device laptop;
    private Device tablet;

    @BeforeEach
    void signIn(People people) {
        alice = people.person("alice");
        bob = people.person("bob");
        carol = people.person("carol");
        phone = alice.signIn("phone", 1);
        laptop = bob.signIn("laptop", 2);
        tablet = carol.signIn("tablet", 1);
    }

    private static CreateGroup.Builder group() {
        return CreateGroup.newBuilder();
    }

    private InGroup alicesGroup() {
        return InGroup.madeBy(phone, group(), bob, carol);
    }

    @Test
    void everybodySeesTheSameInOneOrder() {
        var hers = alicesGroup();
        var his = hers.on(laptop);
        var carols = hers.on(tablet);
        carols.awaitStory(did(alice, CREATED));
        his.awaitStory(did(alice, CREATED));

        var asked = new ArrayList<CompletableFuture<SentMessage>>();
        for (var i = 0; i < 50; i++) {
            for (var device : List.of(phone, laptop, tablet)) {
                asked.add(device.client().sendText(hers.conversation(), device.owner() + " " + i));
            }
        }
        asked.forEach(People::outcome);
        hers.says("the end");

        for (var seen : List.of(hers, his, carols)) {
            seen.awaitLast(said(alice, "the end"));
            assertThat(sequences(seen.shown()))
                    .as("%s", seen)
                    .isEqualTo(LongStream.rangeClosed(1, 152).boxed().toList());
            assertThat(story(seen.shown())).isEqualTo(story(hers.shown()));
            assertThat(story(seen.kept())).isEqualTo(story(seen.shown()));
            assertThat(story(seen.history())).isEqualTo(story(seen.shown()));
        }
    }

    private static List<Long> sequences(List<ChatMessage> messages) {
        return messages.stream().map(ChatMessage::getSequence).toList();
    }

    @Test
    void aNewcomerReadsFromHisJoiningOn(People people) {
        var dave = people.person("dave");
        var hers = alicesGroup();
        hers.says("before dave");
        var his = hers.on(dave.signIn("shell", 2));

        hers.adds(dave);
        hers.on(laptop).says("welcome");

        var since = new String[] {did(alice, ADDED, dave), said(bob, "welcome")};
        his.awaitStory(since);
        assertThat(story(his.history())).containsExactly(since);
        assertThat(story(his.earlier(10))).containsExactly(since);
        hers.on(dave.signIn("another", 1)).awaitStory(since);
        hers.on(tablet).awaitStory(did(alice, CREATED), said(alice, "before dave"), since[0], since[1]);
        his.says("thank you");
        hers.awaitLast(said(dave, "thank you"));
        hers.on(laptop).awaitLast(said(dave, "thank you"));
    }

    @Test
    void aNewcomerReadsAllOfAnOpenHistory(People people) {
        var dave = people.person("dave");
        var shell = dave.signIn("shell", 2);
        var hers = InGroup.madeBy(phone, group().setOpenHistory(true), bob, carol);
        hers.says("before dave");

        hers.adds(dave);

        hers.on(shell).awaitStory(did(alice, CREATED), said(alice, "before dave"), did(alice, ADDED, dave));
        assertThat(story(hers.on(shell).history()))
                .isEqualTo(story(hers.on(shell).shown()));
    }

    @Test
    void whoIsRemovedHearsNoMore(People people) {
        var hers = alicesGroup();
        var his = hers.on(laptop);
        his.says("I am here");

        hers.removes(bob);
        hers.says("behind his back");

        var until = new String[] {did(alice, CREATED), said(bob, "I am here"), did(alice, REMOVED, bob)};
        hers.on(tablet).awaitLast(said(alice, "behind his back"));
        his.awaitStory(until);
        assertThat(story(his.history())).containsExactly(until);
        assertThat(his.refusal("let me in")).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(his.refusalOf((groups, id) -> groups.get(id))).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(his.refusalOf((groups, id) -> groups.add(id, List.of(bob.userId()))))
                .isEqualTo(ErrorCode.NOT_A_PARTICIPANT);

        var elsewhere = hers.on(bob.signIn("shell", 1));
        elsewhere.awaitEntry(
                "he has left it",
                entry -> entry.getLeft() && entry.getNewestSequence() == 3 && entry.getNewestOrdinal() == 1);
        elsewhere.awaitStory(until);
        assertThat(his.shown()).hasSize(3);
    }

    @Test
    void whoComesBackHasNothingOfTheTimeBetween() {
        var hers = alicesGroup();
        var his = hers.on(laptop);
        his.leaves();
        hers.says("between");
        hers.adds(bob);
        hers.says("again");

        var seen = new String[] {did(alice, CREATED), did(bob, LEFT), did(alice, ADDED, bob), said(alice, "again")};
        his.awaitStory(seen);
        assertThat(story(his.history())).containsExactly(seen);
        hers.on(bob.signIn("shell", 1)).awaitStory(seen);
    }

    @Test
    void adminsAloneWriteToAGroupThatIsMuted() {
        var hers = alicesGroup();
        var his = hers.on(laptop);
        var carols = hers.on(tablet);
        hers.does((groups, id) -> groups.appoint(id, bob.userId(), GroupRole.ADMIN));

        change(hers, GroupChanged.newBuilder().setMuted(true));
        assertThat(carols.refusal("may I?")).isEqualTo(ErrorCode.MUTED);
        his.says("I may");
        change(his, GroupChanged.newBuilder().setMuted(false));
        carols.says("at last");
        assertThat(carols.refusalOf((groups, id) -> groups.remove(id, List.of(bob.userId()))))
                .isEqualTo(ErrorCode.FORBIDDEN);

        hers.awaitLast(said(carol, "at last"));
    }

    private static Group change(InGroup group, GroupChanged.Builder change) {
        return group.does((groups, id) -> groups.change(id, change.build()));
    }

    @Test
    void aMemberIsMutedForAWhile() {
        var hers = alicesGroup();
        var carols = hers.on(tablet);

        hers.does((groups, id) -> groups.mute(id, carol.userId(), Duration.ofHours(1)));
        assertThat(carols.refusal("may I?")).isEqualTo(ErrorCode.MUTED);
        hers.on(laptop).says("I may");
        hers.does((groups, id) -> groups.mute(id, carol.userId(), Duration.ZERO));
        carols.says("at last");

        hers.on(laptop)
                .awaitStory(
                        did(alice, CREATED),
                        did(alice, MUTED),
                        said(bob, "I may"),
                        did(alice, MUTED),
                        said(carol, "at last"));
    }

    @Test
    void everybodyCallsEverybodyWhereTheGroupLetsHim() {
        var hers = alicesGroup();
        var call = Contents.text("hear, all!").toBuilder().setMentionsAll(true).build();
        assertThat(tablet.refusal(client -> client.send(hers.conversation(), call)))
                .isEqualTo(ErrorCode.FORBIDDEN);

        change(hers, GroupChanged.newBuilder().setMentionPolicy(MentionPolicy.EVERYBODY_MENTIONS_ALL));

        People.outcome(tablet.client().send(hers.conversation(), call));
        hers.on(laptop).awaitStory(did(alice, CREATED), did(alice, CHANGED), said(carol, "hear, all!"));
    }

    @Test
    void howSomebodySeesAGroupIsTheSameOnAllHisDevices() {
        var hers = alicesGroup();
        var desk = alice.signIn("desk", 2);
        hers.on(desk).awaitStory(did(alice, CREATED));

        var settings = hers.configures(ConfigureRequest.newBuilder()
                .setShowNicknames(true)
                .setPinned(true)
                .setMuted(true));

        assertThat(settings.getShowNicknames()).isTrue();
        hers.on(desk).awaitSettings(settings);
    }

    @Test
    void anOwnerPassesTheGroupOnAndLeavesAndTheNextOneEndsIt() {
        var hers = alicesGroup();
        var his = hers.on(laptop);
        assertThat(hers.refusalOf(Groups::leave)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(his.refusalOf(Groups::dissolve)).isEqualTo(ErrorCode.FORBIDDEN);

        // Each of these again, as one does who has heard no reply.
        hers.does((groups, id) -> groups.transfer(id, bob.userId()));
        hers.does((groups, id) -> groups.transfer(id, bob.userId()));
        hers.leaves();
        hers.leaves();
        var now = his.does(Groups::get);
        assertThat(now.getOwnerId()).isEqualTo(bob.userId());
        assertThat(now.getMemberCount()).isEqualTo(2);
        assertThat(now.getSelf().getRole()).isEqualTo(GroupRole.OWNER);
        his.does(Groups::dissolve);
        his.does(Groups::dissolve);

        hers.on(tablet).awaitStory(did(alice, CREATED), did(alice, TRANSFERRED), did(alice, LEFT), did(bob, DISSOLVED));
        hers.awaitStory(did(alice, CREATED), did(alice, TRANSFERRED), did(alice, LEFT));
        assertThat(his.refusal("is anybody there?")).isEqualTo(ErrorCode.GROUP_DISSOLVED);
        assertThat(hers.on(tablet).refusalOf((groups, id) -> groups.add(id, List.of(alice.userId()))))
                .isEqualTo(ErrorCode.GROUP_DISSOLVED);
        assertThat(story(his.history())).hasSize(4);
    }

    @Test
    void aDeviceThatWasAwayHasEverythingWhenItIsBack() {
        tablet.goesOffline();
        var hers = alicesGroup();
        for (var i = 1; i <= 100; i++) {
            hers.says("missed " + i);
        }
        change(hers, GroupChanged.newBuilder().setName("another name").setAnnouncement("no smoking"));
        hers.on(laptop).does((groups, id) -> groups.rename(id, bob.userId(), "Bobby"));

        var carols = hers.on(tablet.online());

        carols.awaitLast(did(bob, RENAMED));
        hers.awaitLast(did(bob, RENAMED));
        assertThat(story(carols.shown())).isEqualTo(story(hers.shown())).hasSize(103);
        assertThat(story(carols.shown())).element(101).isEqualTo(did(alice, CHANGED));
        carols.awaitEntry(
                "a hundred were said",
                entry -> !entry.getLeft()
                        && entry.getNewestSequence() == 103
                        && entry.getNewestOrdinal() - entry.getReadOrdinal() == 100);
        var group = carols.does(Groups::get);
        assertThat(group.getName()).isEqualTo("another name");
        assertThat(group.getAnnouncement()).isEqualTo("no smoking");
    }

    @Test
    void whoIsMentionedSeesAMark() {
        var hers = alicesGroup();
        var call = Contents.text("come here").toBuilder()
                .addMentionedUserIds(bob.userId())
                .build();
        var sent = People.outcome(phone.client().send(hers.conversation(), call));

        hers.on(bob.signIn("shell", 1))
                .awaitEntry("he is mentioned", entry -> entry.getMentionedSequence() == sent.sequence());
        hers.on(carol.signIn("shell", 2))
                .awaitEntry("she is not", entry -> entry.getMentionedSequence() == 0 && entry.getNewestSequence() == 2);
    }

    @Test
    void groupsAndMembersAreListedPageByPage() {
        var first = alicesGroup();
        var second = InGroup.madeBy(laptop, group().setName("another"), alice);
        var groups = phone.client().groups();

        var page = People.outcome(groups.list("", 1));
        assertThat(page.getMore()).isTrue();
        var rest = People.outcome(groups.list(page.getGroups(0).getGroupId(), 1));
        assertThat(rest.getMore()).isFalse();
        assertThat(List.of(page.getGroups(0).getGroupId(), rest.getGroups(0).getGroupId()))
                .containsExactlyInAnyOrder(first.groupId(), second.groupId())
                .isSorted();

        var some = People.outcome(groups.members(first.groupId(), "", 2));
        var others = People.outcome(
                groups.members(first.groupId(), some.getMembersList().getLast().getUserId(), 2));
        assertThat(some.getMore()).isTrue();
        assertThat(others.getMore()).isFalse();
        assertThat(some.getMembersList()).extracting(GroupMember::getRole).contains(GroupRole.OWNER);
        assertThat(others.getMembersList()).extracting(GroupMember::getUserId).hasSize(1);
    }

    @Test
    void nobodySeesAGroupThatHeIsNotIn(People people) {
        var hers = alicesGroup();
        hers.says("a secret");
        var mallorys = hers.on(people.person("mallory").signIn("shell", 2));

        assertThat(mallorys.refusal("me too")).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(mallorys.refusalOfHistory()).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(mallorys.refusalOf((groups, id) -> groups.members(id, "", 0)))
                .isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(mallorys.refusalOf((groups, id) -> groups.get("no-" + id))).isEqualTo(ErrorCode.NOT_FOUND);
    }
}
