package im.magpie.service.check;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.TestBlacklist;
import im.magpie.service.cache.Database;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.user.TestUsers;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who may write to a group, as an instance knows it that hears nothing of the group's changes. */
class GroupSendsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final TestUsers users = new TestUsers(DATABASE, System::nanoTime);
    private final SendChecks checks = new SendChecks(
            users.states(),
            TestBlacklist.in(DATABASE, System::nanoTime),
            TestGroups.in(DATABASE).standings(),
            new KnownConversations(
                    DATABASE.mapper(MembershipMapper.class), new Database(DATABASE.dataSource()), System::nanoTime),
            ResendsTest.overRedis(),
            ResendsTest.REDIS.scripts());

    @BeforeEach
    void alicesGroup() {
        users.add(new UserKey("acme", "alice"), new UserKey("acme", "bob"));
        execute("""
            INSERT INTO im_group (app_id, group_id, name, avatar, announcement, owner_id, join_policy, invite_policy,
              open_history, muted, member_count, reach, version, created_at)
            VALUES ('acme', 'club', 'the club', '', '', 'alice', 1, 1, FALSE, FALSE, 1, 0, 1, 0)\
            """);
        member("alice", 1, GroupRole.OWNER);
    }

    @Test
    void whoHasBeenAddedIsNotRefusedForWhatWasKnownOfHim() {
        assertThat(check("bob").getError()).isEqualTo(ErrorCode.NOT_A_PARTICIPANT);

        member("bob", 2, GroupRole.MEMBER);
        execute("UPDATE im_group SET version = 2");

        assertThat(check("bob").getError()).isEqualTo(ErrorCode.OK);
        assertThat(check("bob").getShape().getVersion()).isEqualTo(2);
    }

    @Test
    void whoMayWriteAgainIsNotRefusedForWhatWasKnownOfTheGroup() {
        member("bob", 1, GroupRole.MEMBER);
        execute("UPDATE im_group SET muted = TRUE");
        assertThat(check("bob").getError()).isEqualTo(ErrorCode.MUTED);
        assertThat(check("alice").getError()).isEqualTo(ErrorCode.OK);

        execute("UPDATE im_group SET muted = FALSE, version = 2");

        assertThat(check("bob").getError()).isEqualTo(ErrorCode.OK);
    }

    private CheckOutcome check(String sender) {
        return checks.check(List.of(CheckItem.newBuilder()
                        .setAppId("acme")
                        .setSenderId(sender)
                        .setConversationId("group_club")
                        .build()))
                .getFirst();
    }

    private static void member(String userId, long since, GroupRole role) {
        execute("""
            INSERT INTO group_member (app_id, group_id, user_id, joined_version, from_sequence, role, nickname, joined_at)
            VALUES ('acme', 'club', '%s', %d, 0, %d, '', 0)\
            """.formatted(userId, since, role.getNumber()));
    }

    private static void execute(String sql) {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
