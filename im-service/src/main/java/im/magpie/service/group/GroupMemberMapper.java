package im.magpie.service.group;

import im.magpie.common.user.UserKey;
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

    /** Returns up to limit of those who were members at a version, from behind an id on, in the order of their ids. */
    @Select("SELECT user_id" + OF_GROUP + """
        AND joined_version <= #{version} AND (left_version IS NULL OR left_version > #{version})
        AND user_id > #{after} ORDER BY user_id LIMIT #{limit}\
        """)
    List<String> idsAt(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("after") String after,
            @Param("limit") int limit);

    @Insert("""
        <script>
        INSERT INTO group_member (app_id, group_id, user_id, joined_version, role, nickname, joined_at) VALUES
        <foreach collection="members" item="m" separator=",">
          (#{g.appId}, #{g.groupId}, #{m.userId}, #{version}, #{m.role}, #{m.nickname}, #{m.joinedAt})
        </foreach>
        </script>\
        """)
    void insert(
            @Param("g") GroupKey group, @Param("version") long version, @Param("members") Collection<MemberRow> members);

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

    /** Writes above which place those may read who came with a version. */
    @Update("""
        <script>
        UPDATE group_member SET from_sequence = #{sequence}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND joined_version = #{version} AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    void readFrom(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("users") Collection<String> userIds,
            @Param("sequence") long sequence);

    /** Writes up to which place those may read who went with a version. */
    @Update("""
        <script>
        UPDATE group_member SET to_sequence = #{sequence}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND left_version = #{version} AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    void readTo(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("users") Collection<String> userIds,
            @Param("sequence") long sequence);

    /** Returns the memberships that a user has, or had, in the order in which they began. */
    @Select("""
        SELECT joined_version, left_version, from_sequence, to_sequence FROM group_member
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND user_id = #{user} ORDER BY joined_version\
        """)
    List<Membership> memberships(@Param("g") GroupKey group, @Param("user") String userId);

    /** From when to when somebody was a member. */
    record Membership(
            long joinedVersion,
            @Nullable Long leftVersion,
            @Nullable Long fromSequence,
            @Nullable Long toSequence) {}

    /** Returns the ids of a user's groups of which he does not read by his index. */
    @Select("""
        SELECT m.group_id FROM group_member m
          JOIN im_group g ON g.app_id = m.app_id AND g.group_id = m.group_id AND g.reach > 0
        WHERE m.app_id = #{appId} AND m.user_id = #{userId} AND m.left_version IS NULL\
        """)
    List<String> unindexed(UserKey user);
}
