package im.magpie.store.change;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements that change messages, and that read what changes have made. Writes gather in the session until it is flushed, read from or committed. */
@Mapper
public interface ChangeMapper {

    @Update("""
        UPDATE message
        SET content = '', recalled = TRUE, changed_sequence = GREATEST(COALESCE(changed_sequence, 0), #{sequence})
        WHERE conversation_key = #{conversationKey} AND sequence = #{target}\
        """)
    void recall(Change.Recall recall);

    /** The content is decided first: assignments see what those before them have made. */
    @Update("""
        UPDATE message
        SET content = IF(recalled IS NULL AND COALESCE(edit_sequence, 0) < #{sequence}, #{content}, content),
          edit_sequence = GREATEST(COALESCE(edit_sequence, 0), #{sequence}),
          changed_sequence = GREATEST(COALESCE(changed_sequence, 0), #{sequence})
        WHERE conversation_key = #{conversationKey} AND sequence = #{target}\
        """)
    void edit(Change.Edit edit);

    @Insert("""
        INSERT INTO reaction (conversation_key, sequence, emoji, user_id, changed_sequence, removed)
        VALUES (#{conversationKey}, #{target}, #{emoji}, #{userId}, #{sequence}, #{removed})
        ON DUPLICATE KEY UPDATE
          removed = IF(VALUES(changed_sequence) > changed_sequence, VALUES(removed), removed),
          changed_sequence = GREATEST(changed_sequence, VALUES(changed_sequence))\
        """)
    void react(Change.React reaction);

    @Update("""
        UPDATE message SET changed_sequence = GREATEST(COALESCE(changed_sequence, 0), #{sequence})
        WHERE conversation_key = #{conversationKey} AND sequence = #{target}\
        """)
    void touch(Change.React reaction);

    /** Returns how many users have each reaction to each of these messages. */
    @Select("""
        <script>
        SELECT sequence, emoji, COUNT(*) AS users, MAX(user_id = #{reader}) AS mine
        FROM reaction
        WHERE conversation_key = #{key} AND NOT removed
          AND sequence IN <foreach collection="sequences" item="it" open="(" separator="," close=")">#{it}</foreach>
        GROUP BY sequence, emoji
        ORDER BY sequence, emoji
        </script>\
        """)
    List<ReactionCount> counts(
            @Param("key") long conversationKey,
            @Param("sequences") Collection<Long> sequences,
            @Param("reader") String readerId);

    /** Returns those of these reactions that there are, or were, in any order. */
    @Select("""
        <script>
        SELECT sequence, emoji, user_id, changed_sequence, removed
        FROM reaction
        WHERE <foreach collection="names" item="it" separator=" OR ">
          (conversation_key = #{key} AND sequence = #{it.sequence} AND emoji = #{it.emoji} AND user_id = #{it.userId})
        </foreach>
        </script>\
        """)
    List<ReactionRow> reactions(@Param("key") long conversationKey, @Param("names") Collection<ReactionRef> names);
}
