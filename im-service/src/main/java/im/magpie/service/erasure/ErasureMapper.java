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

    /** Notes whom to erase, once. */
    @Insert("INSERT IGNORE INTO erasure (app_id, user_id, requested_at) VALUES (#{appId}, #{userId}, " + NOW + ")")
    void request(UserKey user);

    @Select("""
        SELECT app_id, user_id, requested_at, finished_at, conversation_id, sequence FROM erasure
        WHERE app_id = #{appId} AND user_id = #{userId}\
        """)
    @Nullable
    Erasure find(UserKey user);

    /** Returns the one that has waited longest of those that have waited for so long; null when there is none. */
    @Select("""
        SELECT app_id, user_id, requested_at, finished_at, conversation_id, sequence FROM erasure
        WHERE finished_at IS NULL AND requested_at <= \
        """ + NOW + """
         - #{waited} ORDER BY requested_at LIMIT 1\
        """)
    @Nullable
    Erasure next(@Param("waited") long waitedMillis);

    @Update("""
        UPDATE erasure SET conversation_id = #{conversation}, sequence = #{sequence}
        WHERE app_id = #{user.appId} AND user_id = #{user.userId}\
        """)
    void reached(
            @Param("user") UserKey user,
            @Param("conversation") String conversationId,
            @Param("sequence") long sequence);

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
        WHERE id = 1 AND (holder = #{holder} OR ends_at < CURRENT_TIMESTAMP(3))\
        """)
    void takeTurn(@Param("holder") String holder, @Param("seconds") long seconds);

    @Override
    @Select("SELECT holder FROM erasure_turn WHERE id = 1")
    String turnHolder();
}
