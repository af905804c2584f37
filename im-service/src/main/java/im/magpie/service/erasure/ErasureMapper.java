package im.magpie.service.erasure;

import im.magpie.common.database.Turn;
import im.magpie.common.user.UserKey;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The tables {@code erasure} and {@code erasure_turn}, and what goes from others in the end. The clock is the database's. */
@Mapper
interface ErasureMapper extends Turn.Row {

    String NOW = "CAST(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000 AS SIGNED)";

    /** Notes whom to erase, once, and that it is not begun before so many milliseconds from now. */
    @Insert("""
        INSERT IGNORE INTO erasure (app_id, user_id, requested_at, due_at)
        VALUES (#{user.appId}, #{user.userId}, \
        """ + NOW + ", " + NOW + " + #{after})")
    void request(@Param("user") UserKey user, @Param("after") long afterMillis);

    @Select("""
        SELECT app_id, user_id, requested_at, finished_at, conversation_id, sequence FROM erasure
        WHERE app_id = #{appId} AND user_id = #{userId}\
        """)
    @Nullable
    Erasure find(UserKey user);

    /** Returns the one that has been due for longest; null when none is. */
    @Select("""
        SELECT app_id, user_id, requested_at, finished_at, conversation_id, sequence FROM erasure
        WHERE finished_at IS NULL AND due_at <= \
        """ + NOW + """
         ORDER BY due_at LIMIT 1\
        """)
    @Nullable
    Erasure next();

    @Select("""
        SELECT COUNT(*) AS count, COALESCE(\
        """ + NOW + """
         - MIN(requested_at), 0) AS oldest_millis FROM erasure WHERE finished_at IS NULL\
        """)
    OpenErasures open();

    /** Notes up to where one is; whatever has failed before it got there no longer counts. */
    @Update("""
        UPDATE erasure SET
          failures = IF(conversation_id = #{conversation} AND sequence = #{sequence}, failures, 0),
          conversation_id = #{conversation}, sequence = #{sequence}
        WHERE app_id = #{user.appId} AND user_id = #{user.userId}\
        """)
    void reached(
            @Param("user") UserKey user,
            @Param("conversation") String conversationId,
            @Param("sequence") long sequence);

    /** Lets one wait: {@code first} milliseconds, and twice as long after each further failure, but never longer than {@code longest}. */
    @Update("""
        UPDATE erasure SET
          due_at = \
        """ + NOW + """
         + LEAST(#{longest}, #{first} * POW(2, LEAST(failures, 20))),
          failures = failures + 1
        WHERE app_id = #{user.appId} AND user_id = #{user.userId}\
        """)
    void failed(@Param("user") UserKey user, @Param("first") long firstMillis, @Param("longest") long longestMillis);

    @Update("UPDATE erasure SET finished_at = " + NOW + " WHERE app_id = #{appId} AND user_id = #{userId}")
    void finish(UserKey user);

    @Delete("DELETE FROM blacklist WHERE app_id = #{user.appId} AND user_id = #{user.userId} LIMIT #{limit}")
    int deleteBlocked(@Param("user") UserKey user, @Param("limit") int limit);

    @Delete("DELETE FROM blacklist WHERE app_id = #{user.appId} AND blocked_id = #{user.userId} LIMIT #{limit}")
    int deleteBlocking(@Param("user") UserKey user, @Param("limit") int limit);

    @Delete("DELETE FROM device WHERE app_id = #{appId} AND user_id = #{userId}")
    void deleteDevices(UserKey user);

    @Delete("DELETE FROM sign_out WHERE app_id = #{appId} AND user_id = #{userId}")
    void deleteSignOuts(UserKey user);

    @Override
    @Update("""
        UPDATE erasure_turn
        SET holder = #{holder}, ends_at = CURRENT_TIMESTAMP(3) + INTERVAL #{seconds} SECOND
        WHERE id = 1 AND (holder = #{holder} OR ends_at <= CURRENT_TIMESTAMP(3))\
        """)
    void takeTurn(@Param("holder") String holder, @Param("seconds") long seconds);

    @Override
    @Select("SELECT holder FROM erasure_turn WHERE id = 1")
    String turnHolder();
}
