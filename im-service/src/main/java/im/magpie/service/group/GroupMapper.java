package im.magpie.service.group;

import im.magpie.common.user.UserKey;
import im.magpie.service.membership.GroupKey;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code im_group}. */
@Mapper
interface GroupMapper {

    String COLUMNS = "app_id, group_id, name, avatar, announcement, owner_id, join_policy, invite_policy,"
            + " mention_policy, open_history, muted, dissolved, member_count, reach, version, created_at";

    /** Returns whether there was none. */
    @Insert("INSERT IGNORE INTO im_group (" + COLUMNS + """
        ) VALUES (#{appId}, #{groupId}, #{name}, #{avatar}, #{announcement}, #{ownerId}, #{joinPolicy}, #{invitePolicy},
          #{mentionPolicy}, #{openHistory}, #{muted}, #{dissolved}, #{memberCount}, #{reach}, #{version}, #{createdAt})\
        """)
    boolean insert(GroupRow row);

    @Select("SELECT " + COLUMNS + " FROM im_group WHERE app_id = #{appId} AND group_id = #{groupId}")
    @Nullable
    GroupRow find(GroupKey group);

    /** Returns the same, kept to this transaction. */
    @Select("SELECT " + COLUMNS + " FROM im_group WHERE app_id = #{appId} AND group_id = #{groupId} FOR UPDATE")
    @Nullable
    GroupRow lock(GroupKey group);

    @Update("""
        UPDATE im_group SET name = #{name}, avatar = #{avatar}, announcement = #{announcement}, owner_id = #{ownerId},
          join_policy = #{joinPolicy}, invite_policy = #{invitePolicy}, mention_policy = #{mentionPolicy},
          open_history = #{openHistory}, muted = #{muted}, dissolved = #{dissolved}, member_count = #{memberCount}, reach = #{reach}, version = #{version}
        WHERE app_id = #{appId} AND group_id = #{groupId}\
        """)
    void update(GroupRow row);

    /** Returns whose a group was before; empty where it was always its owner's. */
    @Select("SELECT former_owner_id FROM im_group WHERE app_id = #{appId} AND group_id = #{groupId}")
    String formerOwner(GroupKey group);

    @Update("""
        UPDATE im_group SET former_owner_id = #{owner} WHERE app_id = #{g.appId} AND group_id = #{g.groupId}\
        """)
    void setFormerOwner(@Param("g") GroupKey group, @Param("owner") String ownerId);

    /** Returns up to limit of the groups that a user is in, from behind an id on, in the order of their ids. */
    @Select("""
        SELECT g.app_id, g.group_id, g.name, g.avatar, g.announcement, g.owner_id, g.join_policy, g.invite_policy,
          g.mention_policy, g.open_history, g.muted, g.dissolved, g.member_count, g.reach, g.version, g.created_at
        FROM group_member m JOIN im_group g ON g.app_id = m.app_id AND g.group_id = m.group_id
        WHERE m.app_id = #{user.appId} AND m.user_id = #{user.userId} AND m.left_version IS NULL
          AND m.group_id > #{after}
        ORDER BY m.group_id LIMIT #{limit}\
        """)
    List<GroupRow> ofUser(@Param("user") UserKey user, @Param("after") String after, @Param("limit") int limit);

    /** Returns the ids of up to limit groups that a user is in and that are not dissolved. */
    @Select("""
        SELECT m.group_id FROM group_member m
          JOIN im_group g ON g.app_id = m.app_id AND g.group_id = m.group_id AND NOT g.dissolved
        WHERE m.app_id = #{user.appId} AND m.user_id = #{user.userId} AND m.left_version IS NULL LIMIT #{limit}\
        """)
    List<String> living(@Param("user") UserKey user, @Param("limit") int limit);

    /** Returns how many groups each of these users is in, for those who are in any. A dissolved one is none. */
    @Select("""
        <script>
        SELECT m.user_id, COUNT(*) AS count FROM group_member m
          JOIN im_group g ON g.app_id = m.app_id AND g.group_id = m.group_id AND NOT g.dissolved
        WHERE m.app_id = #{app} AND m.left_version IS NULL AND m.user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        GROUP BY m.user_id
        </script>\
        """)
    List<Count> counts(@Param("app") String appId, @Param("users") List<String> userIds);

    /** How many groups somebody is in. */
    record Count(String userId, int count) {}
}
