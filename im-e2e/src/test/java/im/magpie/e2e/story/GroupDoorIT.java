package im.magpie.e2e.story;

import static im.magpie.codec.protocol.GroupEvent.WhatCase.ADDED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.CREATED;
import static im.magpie.codec.protocol.GroupEvent.WhatCase.JOINED;
import static im.magpie.e2e.people.InGroup.did;
import static im.magpie.e2e.people.InGroup.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestState;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.InGroup;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How people come into groups whom nobody adds, and who has read what: over two gateways. */
@OnMagpie
class GroupDoorIT {

    private Person alice;
    private Person bob;
    private Person dave;
    private Device phone;
    private Device laptop;
    private Device shell;

    @BeforeEach
    void signIn(People people) {
        alice = people.person("alice");
        bob = people.person("bob");
        dave = people.person("dave");
        phone = alice.signIn("phone", 1);
        laptop = bob.signIn("laptop", 2);
        shell = dave.signIn("shell", 2);
    }

    private InGroup alicesGroup(JoinPolicy policy) {
        return InGroup.madeBy(phone, CreateGroup.newBuilder().setJoinPolicy(policy), bob);
    }

    private void awaitJoined(InGroup group) {
        group.awaitLast(did(dave, JOINED, dave));
    }

    @Test
    void whoAsksIsInWhereTheGroupIsOpen() {
        var hers = alicesGroup(JoinPolicy.OPEN);

        var outcome = People.outcome(shell.client().groups().join(hers.groupId(), ""));

        assertThat(outcome.getJoined()).isTrue();
        assertThat(outcome.getGroup().getMemberCount()).isEqualTo(3);
        awaitJoined(hers);
        hers.on(shell).says("here I am");
        hers.on(laptop).awaitStory(did(alice, CREATED), did(dave, JOINED, dave), said(dave, "here I am"));
    }

    @Test
    void anAdminDecidesAboutWhoAsks() {
        var hers = alicesGroup(JoinPolicy.APPROVAL);
        var groups = phone.client().groups();

        assertThat(People.outcome(shell.client().groups().join(hers.groupId(), "it is me"))
                        .getJoined())
                .isFalse();
        phone.awaitJoinRequest(dave, hers.groupId(), JoinRequestState.ASKED);
        assertThat(hers.on(shell).refusal("may I?")).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(People.outcome(groups.requests(hers.groupId(), "", 0)).getRequestsList())
                .extracting(JoinRequest::getUserId, JoinRequest::getMessage)
                .containsExactly(tuple(dave.userId(), "it is me"));
        assertThat(hers.on(laptop).refusalOf((his, id) -> his.decide(id, dave.userId(), true)))
                .isEqualTo(ErrorCode.FORBIDDEN);
        People.outcome(groups.decide(hers.groupId(), dave.userId(), true));

        shell.awaitJoinRequest(dave, hers.groupId(), JoinRequestState.LET_IN);
        hers.on(shell).awaitStory(did(alice, JOINED, dave));
        hers.on(shell).says("thank you");
        hers.awaitLast(said(dave, "thank you"));
        assertThat(People.outcome(groups.requests(hers.groupId(), "", 0)).getRequestsList())
                .isEmpty();
    }

    @Test
    void whoIsTurnedAwayStaysOut() {
        var hers = alicesGroup(JoinPolicy.APPROVAL);
        People.outcome(shell.client().groups().join(hers.groupId(), ""));

        People.outcome(phone.client().groups().decide(hers.groupId(), dave.userId(), false));
        shell.awaitJoinRequest(dave, hers.groupId(), JoinRequestState.TURNED_AWAY);
        assertThat(People.outcome(shell.client().groups().ownRequests("", 0)).getRequestsList())
                .extracting(JoinRequest::getGroupId, JoinRequest::getState)
                .containsExactly(tuple(hers.groupId(), JoinRequestState.TURNED_AWAY));

        assertThat(hers.on(shell).refusal("may I?")).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);
        assertThat(hers.shown()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aLinkLetsInAsLongAsItIsThere() {
        var hers = alicesGroup(JoinPolicy.APPROVAL);
        var link = People.outcome(phone.client().groups().makeLink(hers.groupId(), Duration.ofHours(1)));

        var outcome = People.outcome(shell.client().groups().joinByLink(link.getToken()));
        assertThat(outcome.getJoined()).isTrue();
        assertThat(outcome.getGroup().getGroupId()).isEqualTo(hers.groupId());
        awaitJoined(hers);
        hers.on(shell).leaves();
        People.outcome(phone.client().groups().revokeLink(hers.groupId(), link.getToken()));

        assertThat(shell.refusal(client -> client.groups().joinByLink(link.getToken())))
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(shell.refusal(client -> client.groups().joinByLink("no such link")))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void everybodyIsToldWhoHasReadAMessage() {
        var hers = alicesGroup(JoinPolicy.APPROVAL);
        hers.adds(dave);
        var sent = hers.says("read this");
        hers.on(laptop).awaitLast(said(alice, "read this"));

        laptop.client().read(hers.conversation(), sent.sequence());

        Await.until("bob has read it, and dave has not", () -> {
            var readers = People.outcome(phone.client().groups().readers(hers.groupId(), sent.sequence()));
            return readers.getReadList().contains(bob.userId())
                    && readers.getUnreadList().equals(List.of(dave.userId()));
        });
        hers.on(shell).awaitStory(did(alice, ADDED, dave), said(alice, "read this"));
    }
}
