package im.magpie.service.avatar;

import im.magpie.service.membership.GroupKey;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Reads whom pictures show. */
@Mapper
interface FaceMapper {

    /** A member and the address of his avatar, as his business system has given it. */
    record Row(String userId, String avatar) {}

    /**
     * Returns up to limit members in the order in which they have come, those who came together in that of their ids. Reads no more than these, however many there
     * are; without being told the index, a database may prefer to read and sort all.
     */
    @Select("""
        SELECT m.user_id, COALESCE(u.avatar, '') AS avatar
        FROM group_member m FORCE INDEX (in_order)
          LEFT JOIN `user` u ON u.app_id = m.app_id AND u.user_id = m.user_id
        WHERE m.app_id = #{g.appId} AND m.group_id = #{g.groupId} AND m.left_version IS NULL
        ORDER BY m.joined_version, m.user_id LIMIT #{limit}\
        """)
    List<Row> first(@Param("g") GroupKey group, @Param("limit") int limit);

    /** Returns a member; null for anybody else. */
    @Select("""
        SELECT m.user_id, COALESCE(u.avatar, '') AS avatar
        FROM group_member m LEFT JOIN `user` u ON u.app_id = m.app_id AND u.user_id = m.user_id
        WHERE m.app_id = #{g.appId} AND m.group_id = #{g.groupId} AND m.user_id = #{user} AND m.left_version IS NULL\
        """)
    @Nullable
    Row find(@Param("g") GroupKey group, @Param("user") String userId);
}
