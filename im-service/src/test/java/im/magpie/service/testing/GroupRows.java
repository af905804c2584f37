package im.magpie.service.testing;

import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups as rows of the database, version by version, without events and without a timeline. */
public final class GroupRows {

    private final TestDatabase database;
    private final GroupKey group;
    private long version;

    public GroupRows(TestDatabase database, GroupKey group) {
        this.database = database;
        this.group = group;
        execute("""
            INSERT INTO im_group (app_id, group_id, name, avatar, announcement, owner_id, join_policy, invite_policy,
              open_history, muted, member_count, reach, version, created_at)
            VALUES (?, ?, '', '', '', 'owner', 1, 1, FALSE, FALSE, 0, 0, 0, 0)\
            """, group.appId(), group.groupId());
    }

    public GroupKey group() {
        return group;
    }

    /** Makes the next version, with some who come, some who go, and a reach. */
    public long change(Reach reach, List<String> come, List<String> go) {
        version++;
        var number = List.of(Reach.values()).indexOf(reach);
        execute("""
            INSERT INTO group_change (app_id, group_id, version, client_message_id, sender_id, content, reach, created_at,
              appended_at)
            VALUES (?, ?, ?, '0123456789abcdef', 'owner', '', ?, 0, 0)\
            """, group.appId(), group.groupId(), version, number);
        execute(
                "UPDATE im_group SET version = ?, reach = ? WHERE app_id = ? AND group_id = ?",
                version,
                number,
                group.appId(),
                group.groupId());
        come.forEach(user -> execute("""
            INSERT INTO group_member (app_id, group_id, user_id, joined_version, from_sequence, role, nickname, joined_at)
            VALUES (?, ?, ?, ?, 0, 1, '', 0)\
            """, group.appId(), group.groupId(), user, version));
        go.forEach(user -> execute("""
            UPDATE group_member SET left_version = ?
            WHERE app_id = ? AND group_id = ? AND user_id = ? AND left_version IS NULL\
            """, version, group.appId(), group.groupId(), user));
        return version;
    }

    private void execute(String sql, @Nullable Object... arguments) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
