package im.magpie.service.group;

import im.magpie.common.user.UserKey;
import im.magpie.service.membership.GroupKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code group_request}. */
@Mapper
interface GroupRequestMapper {

    String OF_GROUP = " FROM group_request WHERE app_id = #{g.appId} AND group_id = #{g.groupId} ";
    String WAITING = OF_GROUP + "AND turned_away_at IS NULL ";

    /** @param requestedAt unix milliseconds */
    record Row(String userId, String message, long requestedAt) {}

    /** Writes a user's request, in the place of an earlier one; he waits then. */
    @Insert("""
        INSERT INTO group_request (app_id, group_id, user_id, message, requested_at)
        VALUES (#{g.appId}, #{g.groupId}, #{r.userId}, #{r.message}, #{r.requestedAt})
        ON DUPLICATE KEY UPDATE message = VALUES(message), requested_at = VALUES(requested_at), turned_away_at = NULL\
        """)
    void put(@Param("g") GroupKey group, @Param("r") Row request);

    /** Returns the request of a user who waits. */
    @Select("SELECT user_id, message, requested_at" + WAITING + "AND user_id = #{user}")
    @Nullable
    Row find(@Param("g") GroupKey group, @Param("user") String userId);

    /** Returns how many wait. */
    @Select("SELECT COUNT(*)" + WAITING)
    int count(@Param("g") GroupKey group);

    /** Returns up to limit requests of those who wait, from behind an id on, in the order of the ids. */
    @Select("SELECT user_id, message, requested_at" + WAITING
            + "AND user_id > #{after} ORDER BY user_id LIMIT #{limit}")
    List<Row> page(@Param("g") GroupKey group, @Param("after") String after, @Param("limit") int limit);

    /** Returns up to limit requests of a user from behind a group's id on, in the order of these ids. */
    @Select("""
        SELECT group_id, message, requested_at, turned_away_at IS NOT NULL AS turned_away FROM group_request
        WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND group_id > #{after} ORDER BY group_id LIMIT #{limit}\
        """)
    List<GroupRecords.Request> ofUser(
            @Param("user") UserKey user, @Param("after") String after, @Param("limit") int limit);

    @Update("""
        UPDATE group_request SET turned_away_at = #{time}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND user_id = #{user}\
        """)
    void turnAway(@Param("g") GroupKey group, @Param("user") String userId, @Param("time") long time);

    /** Deletes up to limit requests of those who were turned away before a time. */
    @Delete("DELETE FROM group_request WHERE turned_away_at < #{time} LIMIT #{limit}")
    int deleteTurnedAway(@Param("time") long time, @Param("limit") int limit);

    @Delete("<script>DELETE" + OF_GROUP + """
        AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    void delete(@Param("g") GroupKey group, @Param("users") Collection<String> userIds);

    @Delete("DELETE" + OF_GROUP)
    void deleteAll(@Param("g") GroupKey group);

    @Delete("DELETE FROM group_request WHERE app_id = #{user.appId} AND user_id = #{user.userId} LIMIT #{limit}")
    int deleteOfUser(@Param("user") UserKey user, @Param("limit") int limit);
}
