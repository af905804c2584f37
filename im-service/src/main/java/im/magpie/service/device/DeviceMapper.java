package im.magpie.service.device;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The table {@code device}. */
@Mapper
interface DeviceMapper {

    /** A device of a user. */
    record Row(
            int clientType,
            String deviceId,
            String name,
            long firstLogin,
            long lastLogin,
            long lastActive,
            long sigIssued) {

        /** Returns nothing of a client type that a newer release has written. */
        Optional<KnownDevice> of(UserKey user) {
            return Optional.ofNullable(ClientType.forNumber(clientType))
                    .map(type -> new DeviceKey(user, type, deviceId))
                    .map(key -> new KnownDevice(key, name, firstLogin, lastLogin, lastActive, sigIssued));
        }
    }

    /** Merges what is known with what is there, whatever is newer. */
    @Insert("""
        <script>
        INSERT INTO device (app_id, user_id, client_type, device_id, name, first_login, last_login, last_active, sig_issued) VALUES
        <foreach collection='devices' item='it' separator=','>
          (#{it.key.user.appId}, #{it.key.user.userId}, #{it.key.clientType.number}, #{it.key.deviceId}, #{it.name},
           #{it.firstLogin}, #{it.lastLogin}, #{it.lastActive}, #{it.sigIssued})
        </foreach>
        ON DUPLICATE KEY UPDATE name = IF(VALUES(name) = '', name, VALUES(name)),
          first_login = LEAST(first_login, VALUES(first_login)), last_login = GREATEST(last_login, VALUES(last_login)),
          last_active = GREATEST(last_active, VALUES(last_active)), sig_issued = GREATEST(sig_issued, VALUES(sig_issued))
        </script>\
        """)
    void merge(@Param("devices") Collection<KnownDevice> devices);

    /** Returns those that were active last first. */
    @Select("""
        SELECT client_type, device_id, name, first_login, last_login, last_active, sig_issued FROM device
        WHERE app_id = #{user.appId} AND user_id = #{user.userId}
        ORDER BY last_active DESC, client_type, device_id LIMIT #{most}\
        """)
    List<Row> list(@Param("user") UserKey user, @Param("most") int most);

    /** Returns those of the users who have more than so many. */
    @Select("""
        <script>
        SELECT app_id, user_id FROM device WHERE (app_id, user_id) IN
        <foreach collection='users' item='it' open='(' separator=',' close=')'>(#{it.appId}, #{it.userId})</foreach>
        GROUP BY app_id, user_id HAVING COUNT(*) &gt; #{most}
        </script>\
        """)
    List<UserKey> withMore(@Param("users") Collection<UserKey> users, @Param("most") int most);

    /** Returns when the last of so many, in the order of {@link #list}, was active; null when there are fewer. */
    @Select("""
        SELECT last_active FROM device WHERE app_id = #{user.appId} AND user_id = #{user.userId}
        ORDER BY last_active DESC LIMIT 1 OFFSET #{before}\
        """)
    @Nullable
    Long lastActiveBehind(@Param("user") UserKey user, @Param("before") int before);

    /** Forgets those that were not active from a time on. */
    @Delete("DELETE FROM device WHERE app_id = #{user.appId} AND user_id = #{user.userId} AND last_active < #{since}")
    void forget(@Param("user") UserKey user, @Param("since") long since);
}
