package im.magpie.service.personal;

import im.magpie.service.membership.Member;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The settings in the table {@code user_conversation}. */
@Mapper
public interface SettingsMapper {

    /** Returns the settings of those members that have any, in any order. */
    @Select("""
        <script>
        SELECT app_id, user_id, conversation_id, settings FROM user_conversation
        WHERE settings IS NOT NULL AND (app_id, user_id, conversation_id) IN
        <foreach collection="members" item="m" open="(" separator="," close=")">
          (#{m.user.appId}, #{m.user.userId}, #{m.conversationId})
        </foreach>
        </script>
        """)
    List<SettingsRow> rows(@Param("members") Collection<Member> members);

    /** Returns the same for one member, whose row is kept to this transaction. */
    @Select("""
        SELECT app_id, user_id, conversation_id, COALESCE(settings, '') AS settings FROM user_conversation
        WHERE app_id = #{m.user.appId} AND user_id = #{m.user.userId} AND conversation_id = #{m.conversationId}
        FOR UPDATE
        """)
    SettingsRow lock(@Param("m") Member member);

    @Update("""
        UPDATE user_conversation SET settings = #{settings}
        WHERE app_id = #{m.user.appId} AND user_id = #{m.user.userId} AND conversation_id = #{m.conversationId}
        """)
    void update(@Param("m") Member member, @Param("settings") byte[] settings);
}
