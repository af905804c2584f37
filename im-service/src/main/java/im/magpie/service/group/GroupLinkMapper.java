package im.magpie.service.group;

import im.magpie.service.membership.GroupKey;
import java.util.Collection;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The table {@code group_link}. */
@Mapper
interface GroupLinkMapper {

    /**
     * @param madeBy empty for the business system
     * @param expiresAt unix milliseconds
     */
    record Row(String groupId, String madeBy, long expiresAt) {}

    @Insert("""
        INSERT INTO group_link (app_id, token_hash, group_id, made_by, expires_at)
        VALUES (#{app}, #{hash}, #{r.groupId}, #{r.madeBy}, #{r.expiresAt})\
        """)
    void insert(@Param("app") String appId, @Param("hash") byte[] tokenHash, @Param("r") Row link);

    @Select("SELECT group_id, made_by, expires_at FROM group_link WHERE app_id = #{app} AND token_hash = #{hash}")
    @Nullable
    Row find(@Param("app") String appId, @Param("hash") byte[] tokenHash);

    /** Returns how many links of a group are good at a time. */
    @Select("""
        SELECT COUNT(*) FROM group_link
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND expires_at > #{time}\
        """)
    int count(@Param("g") GroupKey group, @Param("time") long time);

    @Delete("DELETE FROM group_link WHERE app_id = #{app} AND token_hash = #{hash}")
    void delete(@Param("app") String appId, @Param("hash") byte[] tokenHash);

    /** Deletes the links to a group that these users have made. */
    @Delete("""
        <script>
        DELETE FROM group_link WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND made_by IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    void deleteOf(@Param("g") GroupKey group, @Param("users") Collection<String> userIds);

    @Delete("DELETE FROM group_link WHERE app_id = #{g.appId} AND group_id = #{g.groupId}")
    void deleteAll(@Param("g") GroupKey group);

    /** Deletes up to limit links that were good until a time, and returns how many. */
    @Delete("DELETE FROM group_link WHERE expires_at <= #{time} LIMIT #{limit}")
    int deleteExpired(@Param("time") long time, @Param("limit") int limit);
}
