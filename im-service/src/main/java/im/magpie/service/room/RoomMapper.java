package im.magpie.service.room;

import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The table {@code room}. */
@Mapper
interface RoomMapper {

    String COLUMNS = "app_id, room_id, name, announcement, owner_id, muted, keep_days, closed, version, created_at";

    /** Returns whether there was none. */
    @Insert("INSERT IGNORE INTO room (" + COLUMNS + """
        ) VALUES (#{appId}, #{roomId}, #{name}, #{announcement}, #{ownerId}, #{muted}, #{keepDays}, #{closed}, #{version},
          #{createdAt})\
        """)
    boolean insert(RoomRow row);

    @Select("SELECT " + COLUMNS + " FROM room WHERE app_id = #{appId} AND room_id = #{roomId}")
    @Nullable
    RoomRow find(RoomKey room);

    /** Returns the same, kept to this transaction. */
    @Select("SELECT " + COLUMNS + " FROM room WHERE app_id = #{appId} AND room_id = #{roomId} FOR UPDATE")
    @Nullable
    RoomRow lock(RoomKey room);

    /** Returns those of an app's rooms that there are, in any order. */
    @Select("<script>SELECT " + COLUMNS + """
         FROM room WHERE app_id = #{app} AND room_id IN
        <foreach collection="rooms" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<RoomRow> among(@Param("app") String appId, @Param("rooms") Collection<String> roomIds);

    @Update("""
        UPDATE room SET name = #{name}, announcement = #{announcement}, owner_id = #{ownerId}, muted = #{muted},
          keep_days = #{keepDays}, closed = #{closed}, version = #{version}
        WHERE app_id = #{appId} AND room_id = #{roomId}\
        """)
    void update(RoomRow row);

    /** Returns up to limit of an app's rooms from behind an id on, in the order of their ids. */
    @Select("<script>SELECT " + COLUMNS + """
         FROM room WHERE app_id = #{app} <if test="!closedToo">AND closed = FALSE</if> AND room_id > #{after}
        ORDER BY room_id LIMIT #{limit}
        </script>\
        """)
    List<RoomRow> page(
            @Param("app") String appId,
            @Param("closedToo") boolean closedToo,
            @Param("after") String after,
            @Param("limit") int limit);

    /** Returns how many open rooms a user owns. */
    @Select("SELECT COUNT(*) FROM room WHERE app_id = #{appId} AND owner_id = #{userId} AND closed = FALSE")
    int countOpen(UserKey owner);

    /** Returns the ids of up to limit rooms that a user owns. */
    @Select("SELECT room_id FROM room WHERE app_id = #{u.appId} AND owner_id = #{u.userId} LIMIT #{limit}")
    List<String> owned(@Param("u") UserKey owner, @Param("limit") int limit);

    /** Returns the ids of up to limit rooms that a user owns or that know something of him, from behind an id on, in the order of their ids. */
    @Select("""
        (SELECT room_id FROM room WHERE app_id = #{u.appId} AND owner_id = #{u.userId} AND room_id > #{after}
          ORDER BY room_id LIMIT #{limit})
        UNION
        (SELECT room_id FROM room_user WHERE app_id = #{u.appId} AND user_id = #{u.userId} AND room_id > #{after}
          ORDER BY room_id LIMIT #{limit})
        ORDER BY room_id LIMIT #{limit}\
        """)
    List<String> knowing(@Param("u") UserKey user, @Param("after") String after, @Param("limit") int limit);
}
