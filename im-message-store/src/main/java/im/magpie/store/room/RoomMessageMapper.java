package im.magpie.store.room;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code room_message}. Writes gather in the session until it is flushed, read from or committed. Times are unix milliseconds. */
@Mapper
public interface RoomMessageMapper {

    String COLUMNS = "app_id, room_id, run, number, client_message_id, sender_id, server_time, priority, keep_until,"
            + " content";

    /** Keeps a message, unless there is one of its name. */
    @Insert("INSERT INTO room_message (" + COLUMNS + """
        ) VALUES (#{appId}, #{roomId}, #{run}, #{number}, #{clientMessageId}, #{senderId}, #{serverTime}, #{priority},
          #{keepUntil}, #{content})
        ON DUPLICATE KEY UPDATE priority = priority\
        """)
    void insert(RoomMessageRow row);

    /** Returns the newest of a room that are kept at a time, from before a place, newest first. */
    @Select("SELECT " + COLUMNS + """
         FROM room_message
        WHERE app_id = #{app} AND room_id = #{room}
          AND (run < #{run} OR (run = #{run} AND number < #{number})) AND keep_until > #{time}
        ORDER BY run DESC, number DESC, client_message_id DESC
        LIMIT #{limit}\
        """)
    List<RoomMessageRow> newest(
            @Param("app") String appId,
            @Param("room") String roomId,
            @Param("run") long beforeRun,
            @Param("number") long beforeNumber,
            @Param("time") long time,
            @Param("limit") int limit);

    /** Returns what a user has said and is kept at a time, from behind a place on, in the order of rooms and places. */
    @Select("SELECT " + COLUMNS + """
         FROM room_message
        WHERE app_id = #{app} AND sender_id = #{user} AND keep_until > #{time}
          AND (room_id > #{room} OR (room_id = #{room} AND run > #{run})
            OR (room_id = #{room} AND run = #{run} AND number > #{number}))
        ORDER BY room_id, run, number, client_message_id
        LIMIT #{limit}\
        """)
    List<RoomMessageRow> saidBy(
            @Param("app") String appId,
            @Param("user") String userId,
            @Param("room") String afterRoomId,
            @Param("run") long afterRun,
            @Param("number") long afterNumber,
            @Param("time") long time,
            @Param("limit") int limit);

    /** Returns how many there are of a user, but counts no further than the limit. */
    @Select("""
        SELECT COUNT(*) FROM (
          SELECT 1 FROM room_message WHERE app_id = #{app} AND sender_id = #{user} LIMIT #{limit}
        ) some\
        """)
    int countOf(@Param("app") String appId, @Param("user") String userId, @Param("limit") int limit);

    @Delete("""
        DELETE FROM room_message WHERE app_id = #{app} AND sender_id = #{user}
        ORDER BY room_id, run, number
        LIMIT #{limit}\
        """)
    void deleteOf(@Param("app") String appId, @Param("user") String userId, @Param("limit") int limit);

    /** Returns how many need not be kept at a time, but counts no further than the limit. */
    @Select("""
        SELECT COUNT(*) FROM (
          SELECT 1 FROM room_message WHERE keep_until <= #{time} LIMIT #{limit}
        ) some\
        """)
    int countOutlived(@Param("time") long time, @Param("limit") int limit);

    @Delete("DELETE FROM room_message WHERE keep_until <= #{time} ORDER BY keep_until LIMIT #{limit}")
    void deleteOutlived(@Param("time") long time, @Param("limit") int limit);
}
