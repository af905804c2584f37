package im.magpie.service.membership;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The table {@code user_conversation}. */
@Mapper
public interface MembershipMapper {

    /** Makes the rows that are missing. */
    @Insert("""
        <script>
        INSERT IGNORE INTO user_conversation (app_id, user_id, conversation_id) VALUES
        <foreach collection="members" item="m" separator=",">
          (#{m.user.appId}, #{m.user.userId}, #{m.conversationId})
        </foreach>
        </script>
        """)
    int insertMissing(@Param("members") Collection<Member> members);

    /** Returns up to limit of a user's conversations in the order of their names, from behind a name on. */
    @Select("""
        SELECT conversation_id FROM user_conversation
        WHERE app_id = #{appId} AND user_id = #{userId} AND conversation_id > #{after}
        ORDER BY conversation_id LIMIT #{limit}
        """)
    List<String> conversationsOf(
            @Param("appId") String appId,
            @Param("userId") String userId,
            @Param("after") String after,
            @Param("limit") int limit);

    /** Returns the rows that exist of these, in any order. */
    @Select("""
        <script>
        SELECT app_id, user_id, conversation_id, delivered_sequence, read_sequence, read_ordinal,
          mentioned_sequence FROM user_conversation
        WHERE (app_id, user_id, conversation_id) IN
        <foreach collection="members" item="m" open="(" separator="," close=")">
          (#{m.user.appId}, #{m.user.userId}, #{m.conversationId})
        </foreach>
        </script>
        """)
    List<MembershipRow> rows(@Param("members") Collection<Member> members);

    /** Raises watermarks; lower ones change nothing. */
    @Insert("""
        <script>
        INSERT INTO user_conversation
          (app_id, user_id, conversation_id, delivered_sequence, read_sequence, read_ordinal, mentioned_sequence) VALUES
        <foreach collection="rows" item="r" separator=",">
          (#{r.appId}, #{r.userId}, #{r.conversationId}, #{r.deliveredSequence}, #{r.readSequence}, #{r.readOrdinal},
            #{r.mentionedSequence})
        </foreach>
        ON DUPLICATE KEY UPDATE
          delivered_sequence = GREATEST(delivered_sequence, VALUES(delivered_sequence)),
          read_sequence = GREATEST(read_sequence, VALUES(read_sequence)),
          read_ordinal = GREATEST(read_ordinal, VALUES(read_ordinal)),
          mentioned_sequence = GREATEST(mentioned_sequence, VALUES(mentioned_sequence))
        </script>
        """)
    void raise(@Param("rows") Collection<MembershipRow> rows);
}
