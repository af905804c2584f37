package im.magpie.service.group;

import com.google.protobuf.ByteString;
import im.magpie.service.membership.GroupKey;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The table {@code group_change}. */
@Mapper
interface GroupChangeMapper {

    @Insert("""
        INSERT INTO group_change
          (app_id, group_id, version, client_message_id, sender_id, request_id, content, reach, created_at)
        VALUES
          (#{appId}, #{groupId}, #{version}, #{clientMessageId}, #{senderId}, #{requestId}, #{content}, #{reach}, #{createdAt})\
        """)
    void insert(ChangeRow row);

    /** Returns whether a user's request of this id has changed a group. */
    @Select("""
        SELECT EXISTS (SELECT 1 FROM group_change
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND request_id = #{request} AND sender_id = #{sender})\
        """)
    boolean isDone(
            @Param("g") GroupKey group, @Param("sender") String senderId, @Param("request") ByteString requestId);

    /** Returns up to limit events of a group that have no place yet, in their order. */
    @Select("""
        SELECT app_id, group_id, version, client_message_id, sender_id, request_id, content, reach, created_at FROM group_change
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND appended_at IS NULL ORDER BY version LIMIT #{limit}\
        """)
    List<ChangeRow> unappended(@Param("g") GroupKey group, @Param("limit") int limit);

    /** Returns up to limit groups with events that have waited for their place since a time, from behind one on, in the order of their keys. */
    @Select("""
        SELECT DISTINCT app_id, group_id FROM group_change
        WHERE appended_at IS NULL AND created_at <= #{before} AND (app_id, group_id) > (#{after.appId}, #{after.groupId})
        ORDER BY app_id, group_id LIMIT #{limit}\
        """)
    List<GroupKey> waiting(@Param("before") long before, @Param("after") GroupKey after, @Param("limit") int limit);

    @Update("""
        UPDATE group_change SET appended_at = #{time}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND version = #{version}\
        """)
    void appended(@Param("g") GroupKey group, @Param("version") long version, @Param("time") long time);
}
