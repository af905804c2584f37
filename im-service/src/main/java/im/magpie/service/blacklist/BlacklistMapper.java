package im.magpie.service.blacklist;

import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The table {@code blacklist}. */
@Mapper
interface BlacklistMapper {

    /** Who blocks whom. */
    record Row(String appId, String userId, String blockedId) {}

    @Insert("INSERT IGNORE INTO blacklist (app_id, user_id, blocked_id) VALUES (#{user.appId}, #{user.userId},"
            + " #{blockedId})")
    void insert(Block block);

    @Delete("DELETE FROM blacklist WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND blocked_id ="
            + " #{blockedId}")
    void delete(Block block);

    @Select("SELECT COUNT(*) FROM blacklist WHERE app_id = #{appId} AND user_id = #{userId} AND blocked_id !="
            + " #{blockedId}")
    int countOthers(@Param("appId") String appId, @Param("userId") String userId, @Param("blockedId") String blockedId);

    @Select("""
        SELECT blocked_id FROM blacklist
        WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND blocked_id > #{after} ORDER BY blocked_id LIMIT #{limit}\
        """)
    List<String> list(@Param("user") UserKey user, @Param("after") String after, @Param("limit") int limit);

    /** Returns those of the blocks that are there. */
    @Select("""
        <script>
        SELECT app_id, user_id, blocked_id FROM blacklist WHERE (app_id, user_id, blocked_id) IN
        <foreach collection='blocks' item='block' open='(' separator=',' close=')'>
          (#{block.user.appId}, #{block.user.userId}, #{block.blockedId})
        </foreach>
        </script>\
        """)
    List<Row> among(@Param("blocks") Collection<Block> blocks);
}
