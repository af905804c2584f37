package im.magpie.store.conversation;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code conversation}. Writes gather in the session until it is flushed, read from or committed. */
@Mapper
public interface ConversationMapper {

    /** Returns the rows there are, in any order. */
    @Select("""
        <script>
        SELECT conversation_key, app_id, conversation_id, last_sequence, last_ordinal, last_time, shape_version
        FROM conversation
        WHERE <foreach collection="refs" item="ref" separator=" OR ">
          (app_id = #{ref.appId} AND conversation_id = #{ref.conversationId})
        </foreach>
        </script>\
        """)
    List<ConversationRow> find(@Param("refs") Collection<ConversationRef> refs);

    /** Returns, in any order, what has outlived its retention in those of these conversations where anything has. */
    @Select("""
        <script>
        SELECT conversation_key, outlived_sequence, outlived_ordinal, outlived_time
        FROM conversation
        WHERE conversation_key IN <foreach collection="keys" item="it" open="(" separator="," close=")">#{it}</foreach>
          AND outlived_sequence > 0
        </script>\
        """)
    List<OutlivedRange> outlived(@Param("keys") Collection<Long> conversationKeys);

    /** Does nothing to a conversation that is there already. Unlike INSERT IGNORE it lets no refused value through. */
    @Insert("""
        INSERT INTO conversation (app_id, conversation_id) VALUES (#{appId}, #{conversationId})
        ON DUPLICATE KEY UPDATE conversation_key = conversation_key\
        """)
    void create(ConversationRef ref);

    /** Raises a row that is there, found by its key. As an insert it becomes one statement for many rows, which updates do not. */
    @Insert("""
        INSERT INTO conversation
          (conversation_key, app_id, conversation_id, last_sequence, last_ordinal, last_time, shape_version)
        VALUES (#{conversationKey}, #{appId}, #{conversationId}, #{lastSequence}, #{lastOrdinal}, #{lastTime}, #{shapeVersion})
        ON DUPLICATE KEY UPDATE
          last_sequence = GREATEST(last_sequence, VALUES(last_sequence)),
          last_ordinal = GREATEST(last_ordinal, VALUES(last_ordinal)),
          last_time = GREATEST(last_time, VALUES(last_time)),
          shape_version = GREATEST(shape_version, VALUES(shape_version))\
        """)
    void raise(ConversationRow row);
}
