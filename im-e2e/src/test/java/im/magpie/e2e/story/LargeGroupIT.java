package im.magpie.e2e.story;

import static im.magpie.codec.protocol.GroupEvent.WhatCase.ADDED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.CREATED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.DISSOLVED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.LEFT;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.REMOVED;
import static im.magpie.e2e.people.InGroup.did;
import static im.magpie.e2e.people.InGroup.said;
import static im.magpie.e2e.people.InGroup.story;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.Groups;
import im.magpie.client.SentMessage;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.GroupSize;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.GroupBounds;
import im.magpie.e2e.system.MagpieSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same as in small groups, in larger ones: whichever way they are told of messages, over two gateways. */
@OnMagpie
class LargeGroupIT {

    private static final String UNINDEXED = "im.magpie.e2e.people.GroupSize#unindexed";

    private People people;
    private Person alice;
    private Person bob;
    private Person carol;
    private Device phone;
    private Device laptop;
    private Device tablet;

    @BeforeEach
    void signIn(People everybody, MagpieSystem system) {
        system.changeGroupBounds(GroupBounds.SMALL);
        people = everybody;
        alice = people.person("alice");
        bob = people.person("bob");
        carol = people.person("carol");
        phone = alice.signIn("phone", 1);
        laptop = bob.signIn("laptop", 2);
        tablet = carol.signIn("tablet", 1);
    }

    private InGroup group(GroupSize size) {
        return size.madeBy(phone, people, bob, carol);
    }

    private static List<SentMessage> outcomes(List<CompletableFuture<SentMessage>> asked) {
        return asked.stream().map(People::outcome).toList();
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void everybodyIsShownEverythingOnceAndInOneOrder(GroupSize size) {
        var hers = group(size);
        var shell = bob.signIn("shell", 1);
        var asked = new ArrayList<CompletableFuture<SentMessage>>();

        for (var i = 0; i < 40; i++) {
            for (var device : List.of(phone, laptop, tablet)) {
                asked.add(hers.on(device).sends(device + " " + i));
            }
        }
        outcomes(asked);
        var newest = hers.says("the end").sequence();

        assertThat(newest).isEqualTo(122);
        for (var device : List.of(phone, laptop, tablet, shell)) {
            hers.on(device).awaitEverything(newest);
            assertThat(story(hers.on(device).shown())).isEqualTo(story(hers.shown()));
        }
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void aDeviceThatWasAwayHasEverythingWhenItIsBackAndHearsOfTheRest(GroupSize size) {
        tablet.goesOffline();
        var hers = group(size);
        var newest = 0L;
        for (var round = 0; round < 3; round++) {
            var asked = new ArrayList<CompletableFuture<SentMessage>>();
            for (var i = 0; i < 40; i++) {
                asked.add(hers.on(laptop).sends("missed %d in %d".formatted(i, round)));
            }
            outcomes(asked);
            tablet.online();
            newest = hers.says("are you there?").sequence();
            hers.on(tablet).awaitEverything(newest);
            tablet.goesOffline();
        }
        hers.on(laptop).awaitEverything(newest);
        hers.on(carol.signIn("another", 2)).awaitEverything(newest);
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void whoIsRemovedHearsNoMoreOnAnyNode(GroupSize size) {
        var hers = group(size);
        var his = hers.on(laptop);
        var shell = bob.signIn("shell", 1);
        var witness = carol.signIn("witness", 2);
        his.says("I am here");

        hers.removes(bob);
        for (var i = 0; i < 5; i++) {
            hers.says("behind his back " + i);
        }

        var until = new String[] {did(alice, CREATED), said(bob, "I am here"), did(alice, REMOVED, bob)};
        for (var device : List.of(tablet, witness, phone)) {
            hers.on(device).awaitEverything(8);
        }
        his.awaitStory(until);
        hers.on(shell).awaitStory(until);
        assertThat(his.refusal("let me in")).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(story(his.history())).containsExactly(until);
        assertThat(People.outcome(laptop.client().history(his.conversation(), 3, 8)))
                .isEmpty();
        assertThat(story(his.earlier(10))).containsExactly(until);
        hers.on(bob.signIn("another", 1)).awaitStory(until);
        assertThat(story(his.shown())).containsExactly(until);
        assertThat(story(hers.on(shell).shown())).containsExactly(until);
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void aNewcomerReadsFromHisJoiningOn(GroupSize size) {
        var dave = people.person("dave");
        var shell = dave.signIn("shell", 2);
        var hers = group(size);
        hers.says("before dave");

        hers.adds(dave);
        hers.on(laptop).says("welcome");

        var since = new String[] {did(alice, ADDED, dave), said(bob, "welcome")};
        hers.on(shell).awaitStory(since);
        assertThat(story(hers.on(shell).history())).containsExactly(since);
        hers.on(dave.signIn("another", 1)).awaitStory(since);
        hers.on(shell).says("thank you");
        hers.on(tablet).awaitEverything(5);
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void aNewcomerReadsAllOfAnOpenHistory(GroupSize size) {
        var dave = people.person("dave");
        var shell = dave.signIn("shell", 2);
        var hers = size.madeBy(phone, people, CreateGroup.newBuilder().setOpenHistory(true), bob, carol);
        hers.says("before dave");

        hers.adds(dave);
        hers.on(laptop).says("welcome");

        hers.on(shell).awaitEverything(4);
        hers.on(dave.signIn("another", 1)).awaitEverything(4);
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void whoComesBackHasNothingOfTheTimeBetween(GroupSize size) {
        var hers = group(size);
        var his = hers.on(laptop);
        his.leaves();
        hers.says("between");
        hers.adds(bob);
        hers.says("again");

        var seen = new String[] {did(alice, CREATED), did(bob, LEFT), did(alice, ADDED, bob), said(alice, "again")};
        his.awaitStory(seen);
        assertThat(story(his.history())).containsExactly(seen);
        hers.on(bob.signIn("shell", 1)).awaitStory(seen);
        hers.on(tablet).awaitEverything(5);
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void whoIsCalledByNameSeesAMark(GroupSize size) {
        var hers = group(size);
        var call = Contents.text("come here").toBuilder().addMentionedUserIds(bob.userId());

        var sent = People.outcome(phone.client().send(hers.conversation(), call.build()));

        hers.on(laptop).awaitEntry("he is called", entry -> entry.getMentionedSequence() == sent.sequence());
        hers.on(bob.signIn("shell", 1))
                .awaitEntry("he is called", entry -> entry.getMentionedSequence() == sent.sequence());
        hers.on(carol.signIn("shell", 2))
                .awaitEntry("she is not", entry -> entry.getMentionedSequence() == 0 && entry.getNewestSequence() == 2);
    }

    @ParameterizedTest
    @EnumSource
    void everybodyIsCalledWithOneMessage(GroupSize size) {
        var hers = group(size);
        var call = Contents.text("come here").toBuilder().setMentionsAll(true).build();

        var sent = People.outcome(phone.client().send(hers.conversation(), call));

        for (var person : List.of(bob, carol)) {
            hers.on(person.signIn("shell", 1))
                    .awaitEntry("all are called", entry -> entry.getMentionedSequence() == sent.sequence());
        }
        assertThat(laptop.refusal(client -> client.send(hers.conversation(), call)))
                .isEqualTo(ErrorCode.FORBIDDEN);
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void everybodyIsToldWhoHasReadAMessage(GroupSize size) {
        var hers = group(size);
        var sent = hers.says("read this");
        hers.on(laptop).awaitPlace(sent.sequence());

        laptop.client().read(hers.conversation(), sent.sequence());

        Await.until("bob has read it, and all others have not", () -> {
            var readers = People.outcome(tablet.client().groups().readers(hers.groupId(), sent.sequence()));
            return readers.getReadList().containsAll(List.of(alice.userId(), bob.userId()))
                    && readers.getReadCount() == 2
                    && readers.getUnreadList().contains(carol.userId())
                    && readers.getUnreadCount() == size.members() - 2;
        });
    }

    @ParameterizedTest
    @MethodSource(UNINDEXED)
    void everybodySeesTheEndOfAGroup(GroupSize size) {
        var hers = group(size);
        hers.says("this is the end");

        hers.does(Groups::dissolve);

        for (var device : List.of(phone, laptop, tablet)) {
            hers.on(device).awaitLast(did(alice, DISSOLVED));
            hers.on(device).awaitEverything(3);
            assertThat(hers.on(device).refusal("is anybody there?")).isEqualTo(ErrorCode.GROUP_DISSOLVED);
        }
        hers.on(carol.signIn("another", 2)).awaitEverything(3);
    }
}
