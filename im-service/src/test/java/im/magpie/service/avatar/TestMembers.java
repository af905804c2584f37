package im.magpie.service.avatar;

import im.magpie.service.membership.GroupKey;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Groups and their members, as the tables have them. */
record TestMembers(DataSource database) {

    /** Makes a group, of version 1. */
    void found(GroupKey group, String ownerId, String avatar) {
        JdbcClient.create(database)
                .sql("""
                    INSERT INTO im_group (app_id, group_id, name, avatar, announcement, owner_id, join_policy,
                      invite_policy, open_history, muted, member_count, reach, version, created_at)
                    VALUES (?, ?, 'Friends', ?, '', ?, 1, 1, FALSE, FALSE, 1, 0, 1, 1)\
                    """)
                .params(group.appId(), group.groupId(), avatar, ownerId)
                .update();
    }

    /** Lets users come in with a version. */
    void come(GroupKey group, long version, Collection<String> userIds) {
        var row = "('%s','%s','%%s',%d,1,'',1)".formatted(group.appId(), group.groupId(), version);
        JdbcClient.create(database)
                .sql("INSERT INTO group_member (app_id, group_id, user_id, joined_version, role, nickname,"
                        + " joined_at) VALUES "
                        + userIds.stream().map(row::formatted).collect(Collectors.joining(",")))
                .update();
    }

    void go(GroupKey group, long version, String userId) {
        JdbcClient.create(database)
                .sql("UPDATE group_member SET left_version = ? WHERE app_id = ? AND group_id = ? AND user_id = ?")
                .params(version, group.appId(), group.groupId(), userId)
                .update();
    }

    void changeAvatar(GroupKey group, String avatar) {
        JdbcClient.create(database)
                .sql("UPDATE im_group SET avatar = ? WHERE app_id = ? AND group_id = ?")
                .params(avatar, group.appId(), group.groupId())
                .update();
    }

    void user(String appId, String userId, String avatar) {
        JdbcClient.create(database)
                .sql("INSERT INTO `user` (app_id, user_id, nickname, avatar, disabled) VALUES (?, ?, '', ?, FALSE)")
                .params(appId, userId, avatar)
                .update();
    }

    /** Returns how many rows this connection has read so far. */
    long rowsRead() {
        return JdbcClient.create(database).sql("SHOW SESSION STATUS LIKE 'Handler_read%'").query().listOfRows().stream()
                .mapToLong(row ->
                        Long.parseLong(Objects.requireNonNull(row.get("Value")).toString()))
                .sum();
    }
}
