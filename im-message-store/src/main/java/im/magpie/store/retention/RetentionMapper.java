package im.magpie.store.retention;

import im.magpie.common.database.Turn;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/**
 * Statements that find and delete what has outlived its retention. Each reads a piece of one index and no more. Writes gather in the session until it is
 * flushed, read from or committed.
 */
@Mapper
interface RetentionMapper extends Turn.Row {

    /** Returns all apps that have conversations. */
    @Select("SELECT DISTINCT app_id FROM conversation")
    List<String> apps();

    /** Returns conversations of an app that may have messages older than this, those with the oldest first. */
    @Select("""
        SELECT conversation_key, outlived_sequence FROM conversation
        WHERE app_id = #{app} AND kept_since < #{before}
        ORDER BY kept_since
        LIMIT #{limit}\
        """)
    List<DueConversation> due(@Param("app") String appId, @Param("before") long before, @Param("limit") int limit);

    /** Returns since when the app has messages, as far as it is known; null when nothing is known of any. */
    @Select("SELECT MIN(kept_since) FROM conversation WHERE app_id = #{app} AND kept_since > 0")
    @Nullable
    Long keptSince(String appId);

    /** Returns the lowest messages of a conversation, in the order of their sequences. */
    @Select("""
        SELECT sequence, ordinal, server_time FROM message
        WHERE conversation_key = #{key}
        ORDER BY sequence
        LIMIT #{limit}\
        """)
    List<OldestRow> oldest(@Param("key") long conversationKey, @Param("limit") int limit);

    /** Returns how many reactions there are to messages up to a sequence, but counts no further than the limit. */
    @Select("""
        SELECT COUNT(*) FROM (
          SELECT 1 FROM reaction WHERE conversation_key = #{key} AND sequence <= #{to} LIMIT #{limit}
        ) some\
        """)
    int reactions(@Param("key") long conversationKey, @Param("to") long to, @Param("limit") int limit);

    @Delete("""
        DELETE FROM reaction WHERE conversation_key = #{key} AND sequence <= #{to}
        ORDER BY conversation_key, sequence, emoji, user_id
        LIMIT #{limit}\
        """)
    void deleteReactions(@Param("key") long conversationKey, @Param("to") long to, @Param("limit") int limit);

    @Delete("DELETE FROM message WHERE conversation_key = #{key} AND sequence <= #{to}")
    void deleteMessages(@Param("key") long conversationKey, @Param("to") long to);

    /** Notes up to where a conversation has been emptied. */
    @Update("""
        UPDATE conversation
        SET outlived_sequence = GREATEST(outlived_sequence, #{last.sequence}),
          outlived_ordinal = GREATEST(outlived_ordinal, #{last.ordinal}),
          outlived_time = GREATEST(outlived_time, #{last.serverTime})
        WHERE conversation_key = #{key}\
        """)
    void noteEmptied(@Param("key") long conversationKey, @Param("last") OldestRow last);

    /** Notes that nothing of a conversation is older than this. */
    @Update("UPDATE conversation SET kept_since = #{time} WHERE conversation_key = #{key}")
    void noteKeptSince(@Param("key") long conversationKey, @Param("time") long time);

    @Override
    @Update("""
        UPDATE retention_turn
        SET holder = #{holder}, ends_at = CURRENT_TIMESTAMP(3) + INTERVAL #{seconds} SECOND
        WHERE id = 1 AND (holder = #{holder} OR ends_at <= CURRENT_TIMESTAMP(3))\
        """)
    void takeTurn(@Param("holder") String holder, @Param("seconds") long seconds);

    @Override
    @Select("SELECT holder FROM retention_turn WHERE id = 1")
    String turnHolder();
}
