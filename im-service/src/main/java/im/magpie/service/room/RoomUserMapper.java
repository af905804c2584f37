package im.magpie.service.room;

import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The table {@code room_user}. Times are unix milliseconds. */
@Mapper
interface RoomUserMapper {

    @Select("""
        SELECT user_id, moderator, muted_until, banned_until FROM room_user
        WHERE app_id = #{r.appId} AND room_id = #{r.roomId} AND user_id = #{user}\
        """)
    @Nullable
    RoomUserRow find(@Param("r") RoomKey room, @Param("user") String userId);

    /** Returns those of these users of whom the room knows something, in any order. */
    @Select("""
        <script>
        SELECT user_id, moderator, muted_until, banned_until FROM room_user
        WHERE app_id = #{r.appId} AND room_id = #{r.roomId} AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<RoomUserRow> among(@Param("r") RoomKey room, @Param("users") Collection<String> userIds);

    /** Returns up to limit of those of whom the room knows something that holds, from behind an id on, in the order of their ids. */
    @Select("""
        SELECT user_id, moderator, muted_until, banned_until FROM room_user
        WHERE app_id = #{r.appId} AND room_id = #{r.roomId} AND user_id > #{after} AND holds_until > #{time}
        ORDER BY user_id LIMIT #{limit}\
        """)
    List<RoomUserRow> page(
            @Param("r") RoomKey room,
            @Param("after") String after,
            @Param("time") long time,
            @Param("limit") int limit);

    @Select("""
        SELECT COUNT(*) FROM room_user
        WHERE app_id = #{r.appId} AND room_id = #{r.roomId} AND holds_until > #{time}\
        """)
    int count(@Param("r") RoomKey room, @Param("time") long time);

    @Insert("""
        INSERT INTO room_user (app_id, room_id, user_id, moderator, muted_until, banned_until, holds_until)
        VALUES (#{r.appId}, #{r.roomId}, #{u.userId}, #{u.moderator}, #{u.mutedUntil}, #{u.bannedUntil}, #{until})
        ON DUPLICATE KEY UPDATE moderator = #{u.moderator}, muted_until = #{u.mutedUntil},
          banned_until = #{u.bannedUntil}, holds_until = #{until}\
        """)
    void put(@Param("r") RoomKey room, @Param("u") RoomUserRow user, @Param("until") long holdsUntil);

    @Delete("DELETE FROM room_user WHERE app_id = #{r.appId} AND room_id = #{r.roomId} AND user_id = #{user}")
    void delete(@Param("r") RoomKey room, @Param("user") String userId);

    /** Returns the ids of up to limit rooms that know something of a user. */
    @Select("SELECT room_id FROM room_user WHERE app_id = #{u.appId} AND user_id = #{u.userId} LIMIT #{limit}")
    List<String> rooms(@Param("u") UserKey user, @Param("limit") int limit);

    /** Deletes up to limit rows of which nothing holds since a time, and returns how many. */
    @Delete("DELETE FROM room_user WHERE holds_until <= #{time} LIMIT #{limit}")
    int deleteEnded(@Param("time") long time, @Param("limit") int limit);
}
