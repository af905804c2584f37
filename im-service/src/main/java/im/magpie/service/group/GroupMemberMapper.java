package im.magpie.service.group;

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

}
