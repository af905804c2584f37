package im.magpie.service.group;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.Appoint;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.LeaveGroup;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.service.change.ChangeVerdict;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.Offer;
import im.magpie.service.membership.Member;
import im.magpie.service.pipeline.World;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes a right within a group: taking back what others have said, and calling everybody. */
class GroupChangesTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final MessageContent ALL =
            Contents.text("hear, all!").toBuilder().setMentionsAll(true).build();

    private final GroupWorld world = new GroupWorld(redis, database, GroupWorld.settings(9, 9, 4, 5));
    private Group group = Group.getDefaultInstance();

    /** Alice owns it, ada and abe are admins, bob and carol members. */
    @BeforeEach
    void group() {
        world.settings = GroupWorld.settings(9, 9, 5, 6);
        group = world.group("alice", "abe", "ada", "bob", "carol");
        for (var admin : List.of("abe", "ada")) {
            world.call(
                    "alice",
                    group,
                    request -> request.setAppoint(
                            Appoint.newBuilder().setUserId(admin).setRole(GroupRole.ADMIN)));
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void managersTakeBackWhatThoseOfALowerRankHaveSaid() {
        var bobs = world.say(group, "bob");
        var abes = world.say(group, "abe");
        var alices = world.say(group, "alice");

        assertThat(codes(
                        offer("abe", Contents.recall(bobs)),
                        offer("alice", Contents.recall(bobs)),
                        offer("alice", Contents.recall(abes)),
                        offer("bob", Contents.recall(bobs)),
                        offer("abe", Contents.recall(abes))))
                .containsOnly(ErrorCode.OK);
        assertThat(codes(
                        offer("carol", Contents.recall(bobs)),
                        offer("ada", Contents.recall(abes)),
                        offer("abe", Contents.recall(alices)),
                        offer("abe", Contents.edit(bobs, Contents.text("no"))),
                        offer("alice", Contents.edit(bobs, Contents.text("no")))))
                .containsOnly(ErrorCode.FORBIDDEN);
    }

    @Test
    void whoHasGoneIsOfNoRank() {
        var adas = world.say(group, "ada");
        world.call("ada", group, request -> request.setLeave(LeaveGroup.getDefaultInstance()));
        assertThat(codes(offer("abe", Contents.recall(adas)))).containsExactly(ErrorCode.OK);
    }

    @Test
    void whoIsNoManagerAnyMoreTakesNothingBack() {
        var bobs = world.say(group, "bob");
        assertThat(codes(offer("abe", Contents.recall(bobs)))).containsExactly(ErrorCode.OK);
        world.call(
                "alice",
                group,
                request ->
                        request.setAppoint(Appoint.newBuilder().setUserId("abe").setRole(GroupRole.MEMBER)));
        assertThat(codes(offer("abe", Contents.recall(bobs)))).containsExactly(ErrorCode.FORBIDDEN);
    }

    @Test
    void anEventIsNoMessage() {
        assertThat(codes(
                        offer("alice", Contents.recall(1)),
                        offer("alice", Contents.edit(1, Contents.text("no"))),
                        offer("bob", Contents.reaction(1, "👍", false))))
                .containsOnly(ErrorCode.NOT_FOUND);
    }

    @Test
    void nobodyChangesWhatHeMayNotRead() {
        var early = world.say(group, "bob");
        world.people("dave");
        world.add("alice", group, "dave");
        assertThat(codes(offer("dave", Contents.reaction(early, "👍", false)))).containsExactly(ErrorCode.NOT_FOUND);
        assertThat(codes(offer("bob", Contents.reaction(early, "👍", false)))).containsExactly(ErrorCode.OK);
    }

    @Test
    void managersCallEverybodyAndNotTooOften() {
        assertThat(codes(offer("bob", ALL))).containsExactly(ErrorCode.FORBIDDEN);
        for (var i = 0; i < World.CALLS; i++) {
            assertThat(codes(offer("abe", ALL))).containsExactly(ErrorCode.OK);
        }
        assertThat(codes(offer("abe", ALL))).containsExactly(ErrorCode.FORBIDDEN);
        assertThat(codes(offer("alice", ALL))).containsExactly(ErrorCode.OK);
    }

    @Test
    void aGroupMayLetEverybodyCallEverybodyAndNotTooOften() {
        assertThat(world.refusal(
                        "alice",
                        group,
                        request -> request.setChange(GroupChanged.newBuilder().setMentionPolicyValue(9))))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        var changed = world.call(
                        "abe",
                        group,
                        request -> request.setChange(
                                GroupChanged.newBuilder().setMentionPolicy(MentionPolicy.EVERYBODY_MENTIONS_ALL)))
                .getGroup();
        assertThat(changed.getMentionPolicy()).isEqualTo(MentionPolicy.EVERYBODY_MENTIONS_ALL);
        assertThat(world.now(group).getMentionPolicy()).isEqualTo(MentionPolicy.EVERYBODY_MENTIONS_ALL);

        for (var i = 0; i < World.CALLS; i++) {
            assertThat(codes(offer("bob", ALL))).containsExactly(ErrorCode.OK);
        }
        assertThat(codes(offer("bob", ALL))).containsExactly(ErrorCode.FORBIDDEN);
        assertThat(codes(offer("eve", ALL))).as("who is no member").containsExactly(ErrorCode.FORBIDDEN);
        world.call(
                "abe",
                group,
                request -> request.setChange(
                        GroupChanged.newBuilder().setMentionPolicy(MentionPolicy.ADMINS_MENTION_ALL)));
        assertThat(codes(offer("carol", ALL))).containsExactly(ErrorCode.FORBIDDEN);
    }

    @Test
    void whoHasARightNowIsNotRefusedForWhatWasKnownBefore() {
        var bobs = world.say(group, "bob");
        var call = offer("carol", ALL);
        var recall = offer("carol", Contents.recall(bobs));
        assertThat(codes(call, recall)).containsOnly(ErrorCode.FORBIDDEN);
        world.call(
                "alice",
                group,
                request -> request.setAppoint(
                        Appoint.newBuilder().setUserId("carol").setRole(GroupRole.ADMIN)));
        assertThat(codes(call, recall)).containsOnly(ErrorCode.OK);
    }

    @Test
    void nobodyCallsEverybodyByAnEdit() {
        var bobs = world.say(group, "bob");
        var abes = world.say(group, "abe");
        assertThat(codes(offer("bob", Contents.edit(bobs, ALL)), offer("abe", Contents.edit(abes, ALL))))
                .containsExactly(ErrorCode.FORBIDDEN, ErrorCode.OK);
    }

    @Test
    void whoRepeatsACallIsNotRefusedForIt() {
        var call = offer("abe", ALL);
        world.world.submission.submit(List.of(call));
        for (var i = 0; i < World.CALLS; i++) {
            world.world.changes.check(List.of(offer("abe", ALL)));
        }
        assertThat(world.world.changes.check(List.of(call)))
                .containsExactly(new ChangeVerdict.Allowed(call.with(Admission.RESEND)));
    }

    @Test
    void aCallRaisesEverybodysMarkButItsSenders() {
        var place = world.say(group, "abe", ALL);
        assertThat(mark("bob")).isEqualTo(place);
        assertThat(mark("alice")).isEqualTo(place);
        assertThat(mark("abe")).isZero();
    }

    @Test
    void aMemberWhoIsCalledByNameHearsItInGroupsOfAnySize() {
        world.people("dave", "erin", "eve");
        var some = Contents.text("hi").toBuilder()
                .addMentionedUserIds("bob")
                .addMentionedUserIds("eve")
                .build();
        var first = world.say(group, "abe", some);
        assertThat(mark("bob")).isEqualTo(first);
        world.add("alice", group, "dave", "erin");

        var second = world.say(group, "abe", some);

        assertThat(mark("bob")).isEqualTo(second);
        assertThat(mark("carol")).isZero();
        assertThat(mark("eve")).isZero();
    }

    @Test
    void inALargeGroupTheCallIsNotedOfTheGroup() {
        world.people("dave", "erin");
        world.add("alice", group, "dave", "erin");
        var place = world.say(group, "abe", ALL);
        assertThat(mark("bob")).isZero();
        assertThat(Objects.requireNonNull(world.extents
                                .notes(List.of(GroupWorld.member(group, "bob")))
                                .get(group.getConversationId()))
                        .mentionedSequence())
                .isEqualTo(place);
    }

    private Offer offer(String userId, MessageContent content) {
        return world.offer(group, userId, content);
    }

    private long mark(String userId) {
        Member member = GroupWorld.member(group, userId);
        return Objects.requireNonNull(world.world.watermarks.of(List.of(member)).get(member))
                .mentioned();
    }

    private List<ErrorCode> codes(Offer... offers) {
        return world.world.changes.check(Arrays.asList(offers)).stream()
                .map(verdict -> switch (verdict) {
                    case ChangeVerdict.Allowed _ -> ErrorCode.OK;
                    case ChangeVerdict.Refused refused -> refused.code();
                })
                .toList();
    }
}
