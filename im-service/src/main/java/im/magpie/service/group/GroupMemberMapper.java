package im.magpie.service.group;

import im.magpie.common.user.UserKey;
import im.magpie.service.membership.GroupKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code group_member}. */
@Mapper
interface GroupMemberMapper {

    String COLUMNS = "user_id, role, nickname, muted_until, joined_at";
    String OF_GROUP = " FROM group_member WHERE app_id = #{g.appId} AND group_id = #{g.groupId} ";

    @Select("SELECT " + COLUMNS + OF_GROUP + "AND user_id = #{user} AND left_version IS NULL")
    @Nullable
    MemberRow find(@Param("g") GroupKey group, @Param("user") String userId);

    /** Returns whether a user is, or was, a member. */
    @Select("SELECT EXISTS (SELECT 1" + OF_GROUP + "AND user_id = #{user})")
    boolean hasBeen(@Param("g") GroupKey group, @Param("user") String userId);

    /** Returns those of these users who are members, in any order. */
    @Select("<script>SELECT " + COLUMNS + OF_GROUP + """
        AND left_version IS NULL AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<MemberRow> among(@Param("g") GroupKey group, @Param("users") Collection<String> userIds);

    /** Returns up to limit members from behind an id on, in the order of their ids. */
    @Select("SELECT " + COLUMNS + OF_GROUP
            + "AND left_version IS NULL AND user_id > #{after} ORDER BY user_id LIMIT #{limit}")
    List<MemberRow> page(@Param("g") GroupKey group, @Param("after") String after, @Param("limit") int limit);

    /** Returns who has been in the group for longest among those of the highest rank, but for one; those who are disabled come last. */
    @Select("""
        SELECT m.user_id, m.role, m.nickname, m.muted_until, m.joined_at FROM group_member m
          JOIN `user` u ON u.app_id = m.app_id AND u.user_id = m.user_id
        WHERE m.app_id = #{g.appId} AND m.group_id = #{g.groupId} AND m.left_version IS NULL AND m.user_id <> #{user}
        ORDER BY u.disabled, m.role DESC, m.joined_version, m.user_id LIMIT 1\
        """)
    @Nullable
    MemberRow eldestBut(@Param("g") GroupKey group, @Param("user") String userId);

    /** Returns the ids of up to limit members of a rank or a higher one. */
    @Select("SELECT user_id" + OF_GROUP + "AND left_version IS NULL AND role >= #{role} LIMIT #{limit}")
    List<String> ranking(@Param("g") GroupKey group, @Param("role") int role, @Param("limit") int limit);

    /**
     * Returns the ids of up to limit of those who were members at a place, in their order. Who reads what was said before he came was there if he had come by
     * the time of what is at the place.
     *
     * @param time unix milliseconds
     */
    @Select("SELECT DISTINCT user_id" + OF_GROUP + """
        AND from_sequence < #{sequence} AND (to_sequence IS NULL OR to_sequence >= #{sequence}) AND joined_at <= #{time}
        ORDER BY user_id LIMIT #{limit}\
        """)
    List<String> at(
            @Param("g") GroupKey group,
            @Param("sequence") long sequence,
            @Param("time") long time,
            @Param("limit") int limit);

    /** A group, and what somebody is in it. */
    record OfUser(String groupId, String userId, int role, String nickname, long mutedUntil, long joinedAt) {

        MemberRow member() {
            return new MemberRow(userId, role, nickname, mutedUntil, joinedAt);
        }
    }

    /** Returns what a user is in those of these groups that he is in, in any order. */
    @Select("""
        <script>
        SELECT group_id, user_id, role, nickname, muted_until, joined_at FROM group_member
        WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND left_version IS NULL AND group_id IN
        <foreach collection="groups" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<OfUser> ofUser(@Param("user") UserKey user, @Param("groups") Collection<String> groupIds);

    /** Forgets what a user is, or was, called in groups. */
    @Update("UPDATE group_member SET nickname = '' WHERE app_id = #{appId} AND user_id = #{userId}")
    void forgetNicknames(UserKey user);

    @Insert("""
        <script>
        INSERT INTO group_member (app_id, group_id, user_id, joined_version, role, nickname, joined_at) VALUES
        <foreach collection="members" item="m" separator=",">
          (#{g.appId}, #{g.groupId}, #{m.userId}, #{version}, #{m.role}, #{m.nickname}, #{m.joinedAt})
        </foreach>
        </script>\
        """)
    void insert(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("members") Collection<MemberRow> members);

    @Update("""
        <script>
        UPDATE group_member SET left_version = #{version}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND left_version IS NULL AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    void end(@Param("g") GroupKey group, @Param("version") long version, @Param("users") Collection<String> userIds);

    @Update("""
        UPDATE group_member SET role = #{m.role}, nickname = #{m.nickname}, muted_until = #{m.mutedUntil}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND user_id = #{m.userId} AND left_version IS NULL\
        """)
    void update(@Param("g") GroupKey group, @Param("m") MemberRow member);
}
