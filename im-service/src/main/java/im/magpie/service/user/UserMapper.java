package im.magpie.service.user;

import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code user}. */
@Mapper
interface UserMapper {

    /** Whether a user is disabled. */
    record Row(String userId, boolean disabled) {}

    @Select("""
        SELECT app_id, user_id, nickname, avatar, disabled, erased FROM `user`
        WHERE app_id = #{appId} AND user_id = #{userId}\
        """)
    @Nullable
    User find(UserKey user);

    @Select("""
        <script>
        SELECT user_id, disabled FROM `user` WHERE app_id = #{appId} AND user_id IN
        <foreach collection='userIds' item='id' open='(' separator=',' close=')'>#{id}</foreach>
        </script>\
        """)
    List<Row> states(@Param("appId") String appId, @Param("userIds") Collection<String> userIds);

    @Select("""
        <script>
        SELECT user_id FROM `user` WHERE app_id = #{appId} AND erased AND user_id IN
        <foreach collection='userIds' item='id' open='(' separator=',' close=')'>#{id}</foreach>
        ORDER BY user_id
        </script>\
        """)
    List<String> erased(@Param("appId") String appId, @Param("userIds") Collection<String> userIds);

    /** Writes the whole profile, unless the user was erased; disabled only where it is given. */
    @Insert("""
        INSERT INTO `user` (app_id, user_id, nickname, avatar, disabled)
        VALUES (#{user.appId}, #{user.userId}, COALESCE(#{change.nickname}, ''), COALESCE(#{change.avatar}, ''),
            COALESCE(#{change.disabled}, FALSE))
        ON DUPLICATE KEY UPDATE nickname = IF(erased, '', VALUES(nickname)), avatar = IF(erased, '', VALUES(avatar)),
            disabled = erased OR COALESCE(#{change.disabled}, disabled)\
        """)
    void put(@Param("user") UserKey user, @Param("change") UserChange change);

    /**
     * Writes whole profiles like {@link #put}.
     *
     * @param disabled of all of them; null leaves those who are there as they are
     */
    @Insert("""
        <script>
        INSERT INTO `user` (app_id, user_id, nickname, avatar, disabled) VALUES
        <foreach collection='profiles' item='it' separator=','>
          (#{appId}, #{it.userId}, COALESCE(#{it.nickname}, ''), COALESCE(#{it.avatar}, ''), COALESCE(#{disabled}, FALSE))
        </foreach>
        ON DUPLICATE KEY UPDATE nickname = IF(erased, '', VALUES(nickname)), avatar = IF(erased, '', VALUES(avatar)),
            disabled = erased OR COALESCE(#{disabled}, disabled)
        </script>\
        """)
    void putAll(
            @Param("appId") String appId,
            @Param("profiles") List<UserProfile> profiles,
            @Param("disabled") @Nullable Boolean disabled);

    /** Writes what is given, where there is such a user who was not erased. */
    @Update("""
        UPDATE `user` SET nickname = COALESCE(#{change.nickname}, nickname), avatar = COALESCE(#{change.avatar}, avatar),
            disabled = COALESCE(#{change.disabled}, disabled)
        WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND NOT erased\
        """)
    void change(@Param("user") UserKey user, @Param("change") UserChange change);

    /** Leaves nothing of a user but that he was there. */
    @Update("""
        UPDATE `user` SET nickname = '', avatar = '', disabled = TRUE, erased = TRUE
        WHERE app_id = #{appId} AND user_id = #{userId}\
        """)
    void hollow(UserKey user);
}
