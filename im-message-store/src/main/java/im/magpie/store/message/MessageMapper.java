package im.magpie.store.message;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Flush;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.executor.BatchResult;

/** Statements on {@code message}. Writes gather in the session until it is flushed, read from or committed. */
@Mapper
public interface MessageMapper {

    /** The columns of a {@link HistoryRow}, in its order. */
    String HISTORY_ROW = "sequence, sender_id, client_message_id, ordinal, server_time, epoch, content,"
            + " changed_sequence, edit_sequence, recalled";

    @Insert("""
        INSERT INTO message
          (conversation_key, sequence, sender_id, client_message_id, ordinal, server_time, epoch, content)
        VALUES
          (#{conversationKey}, #{sequence}, #{senderId}, #{clientMessageId}, #{ordinal}, #{serverTime}, #{epoch}, #{content})\
        """)
    void insert(MessageRow row);

    /** Gives a placeholder the content it was missing. */
    @Update("""
        UPDATE message SET ordinal = #{ordinal}, server_time = #{serverTime}, content = #{content}
        WHERE conversation_key = #{conversationKey} AND sequence = #{sequence} AND content IS NULL\
        """)
    void fill(MessageRow row);

    /** Sends what has gathered, of all mappers of the session. */
    @Flush
    List<BatchResult> flush();

    /** Returns what lies in these places, in any order. */
    @Select("""
        <script>
        SELECT conversation_key, sequence, sender_id, client_message_id, ordinal, server_time, content IS NULL AS placeholder
        FROM message
        WHERE <foreach collection="places" item="it" separator=" OR ">
          (conversation_key = #{it.conversationKey} AND sequence = #{it.sequence})
        </foreach>
        </script>\
        """)
    List<StoredMessage> inPlaces(@Param("places") Collection<RowPlace> places);

    /** Returns what has these names, in any order. */
    @Select("""
        <script>
        SELECT conversation_key, sequence, sender_id, client_message_id, ordinal, server_time, content IS NULL AS placeholder
        FROM message
        WHERE <foreach collection="names" item="it" separator=" OR ">
          (conversation_key = #{it.conversationKey} AND client_message_id = #{it.clientMessageId}
            AND sender_id = #{it.senderId})
        </foreach>
        </script>\
        """)
    List<StoredMessage> named(@Param("names") Collection<RowName> names);

    /** Returns the lowest messages of (after, to], in the order of their sequences. */
    @Select("SELECT " + HISTORY_ROW + """
         FROM message
        WHERE conversation_key = #{key} AND sequence > #{after} AND sequence <= #{to}
        ORDER BY sequence
        LIMIT #{limit}\
        """)
    List<HistoryRow> range(
            @Param("key") long conversationKey,
            @Param("after") long after,
            @Param("to") long to,
            @Param("limit") int limit);

    /** Returns the messages with these sequences, in any order. */
    @Select("<script>SELECT " + HISTORY_ROW + """
         FROM message
        WHERE conversation_key = #{key}
          AND sequence IN <foreach collection="sequences" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<HistoryRow> among(@Param("key") long conversationKey, @Param("sequences") Collection<Long> sequences);
}
