package im.magpie.service.device;

import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The table {@code sign_out}. Client type 0 and no device id stand for all devices of a user. */
@Mapper
interface SignOutMapper {

    /** A sign-out. */
    record Row(String appId, String userId, int clientType, String deviceId, long issuedUntil) {}

    @Insert("""
        INSERT INTO sign_out (app_id, user_id, client_type, device_id, issued_until)
        VALUES (#{device.user.appId}, #{device.user.userId}, #{device.clientType.number}, #{device.deviceId}, #{issuedUntil})
        ON DUPLICATE KEY UPDATE issued_until = GREATEST(issued_until, VALUES(issued_until))\
        """)
    void raise(@Param("device") DeviceKey device, @Param("issuedUntil") long issuedUntil);

    /** Returns all sign-outs of these users. */
    @Select("""
        <script>
        SELECT app_id, user_id, client_type, device_id, issued_until FROM sign_out
        WHERE app_id = #{appId} AND user_id IN
        <foreach collection='userIds' item='it' open='(' separator=',' close=')'>#{it}</foreach>
        </script>\
        """)
    List<Row> ofUsers(@Param("appId") String appId, @Param("userIds") Collection<String> userIds);

    /** Returns all sign-outs of a user, the latest first. */
    @Select("""
        SELECT app_id, user_id, client_type, device_id, issued_until FROM sign_out
        WHERE app_id = #{appId} AND user_id = #{userId} ORDER BY issued_until DESC\
        """)
    List<Row> list(UserKey user);

    /** Deletes the sign-outs of single devices that say no more than this one of all devices. */
    @Delete("""
        DELETE FROM sign_out
        WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND client_type != 0 AND issued_until <= #{issuedUntil}\
        """)
    void forgetBelow(@Param("user") UserKey user, @Param("issuedUntil") long issuedUntil);
}
