package im.magpie.service.membership;

import com.google.protobuf.ByteString;
import im.magpie.common.user.UserKey;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** What the tables of groups say of their versions. */
@Mapper
public interface RosterMapper {

    /**
     * A group's newest version, as it is committed.
     *
     * @param mentionPolicy the number of the protocol
     */
    record GroupState(long version, boolean muted, boolean dissolved, int mentionPolicy) {}

    @Select("""
        SELECT version, muted, dissolved, mention_policy FROM im_group WHERE app_id = #{appId} AND group_id = #{groupId}\
        """)
    @Nullable
    GroupState group(GroupKey group);

    /** Returns the reach of a group from a version on; null where there is no such version. */
    @Select("""
        SELECT reach FROM group_change
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND version = #{version}\
        """)
    @Nullable
    Integer reach(@Param("g") GroupKey group, @Param("version") long version);

    /** Returns up to limit of those who were members at a version, from behind an id on, in the order of their ids. */
    @Select("""
        SELECT user_id FROM group_member
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId}
          AND joined_version <= #{version} AND (left_version IS NULL OR left_version > #{version})
          AND user_id > #{after}
        ORDER BY user_id LIMIT #{limit}\
        """)
    List<String> membersAt(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("after") String after,
            @Param("limit") int limit);

    /** Returns those of these users who were members at a version, in any order. */
    @Select("""
        <script>
        SELECT user_id FROM group_member
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId}
          AND joined_version &lt;= #{version} AND (left_version IS NULL OR left_version > #{version}) AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<String> among(
            @Param("g") GroupKey group, @Param("version") long version, @Param("users") Collection<String> userIds);

    /** Notes that the message at a place mentions everybody. */
    @Update("""
        UPDATE im_group SET mentioned_sequence = GREATEST(mentioned_sequence, #{sequence})
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId}\
        """)
    void mentionAll(@Param("g") GroupKey group, @Param("sequence") long sequence);

    /**
     * What there is of a group that its messages do not say.
     *
     * @param mentionedSequence of the newest message that mentions everybody without raising each one's mark
     * @param joinRequests 0 for somebody who does not decide about them
     */
    record Note(String groupId, long mentionedSequence, int joinRequests) {}

    /** Returns notes of groups for a user, in any order. */
    @Select("""
        <script>
        SELECT g.group_id, g.mentioned_sequence, IF(m.role >= 2, (SELECT COUNT(*) FROM group_request r
            WHERE r.app_id = g.app_id AND r.group_id = g.group_id
              AND r.turned_away_at IS NULL), 0) AS join_requests
        FROM im_group g LEFT JOIN group_member m
          ON m.app_id = g.app_id AND m.group_id = g.group_id AND m.user_id = #{user.userId} AND m.left_version IS NULL
        WHERE g.app_id = #{user.appId} AND g.group_id IN
        <foreach collection="groups" item="it" open="(" separator="," close=")">#{it}</foreach>
        </script>\
        """)
    List<Note> notes(@Param("user") UserKey user, @Param("groups") Collection<String> groupIds);

    /** What somebody is in a group. */
    record Rank(int role, long mutedUntil) {}

    /** Returns what a user was at a version; null for no member. */
    @Select("""
        SELECT role, muted_until FROM group_member
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND user_id = #{user}
          AND joined_version <= #{version} AND (left_version IS NULL OR left_version > #{version})\
        """)
    @Nullable
    Rank rank(@Param("g") GroupKey group, @Param("user") String userId, @Param("version") long version);

    /**
     * From when to when somebody is, or was, a member: the versions, and the places between which he reads, where they are known.
     *
     * @param fromEpoch in which that place was given; null for none
     * @param fromSettled whether the event that began it is settled, so that its place stays
     * @param leftVersion null for a member
     * @param toEpoch in which that place was given; null for none
     * @param toSettled whether the event that ended it is settled, or there is none yet
     */
    record Stay(
            long joinedVersion,
            @Nullable Long fromSequence,
            @Nullable Long fromEpoch,
            boolean fromSettled,
            @Nullable Long leftVersion,
            @Nullable Long toSequence,
            @Nullable Long toEpoch,
            boolean toSettled) {}

    /** Returns a user's memberships of a group, in the order in which they began. */
    @Select("""
        SELECT m.joined_version, m.from_sequence, m.from_epoch, j.version IS NULL AS from_settled,
          m.left_version, m.to_sequence, m.to_epoch, l.version IS NULL AS to_settled
        FROM group_member m
          LEFT JOIN group_change j
            ON j.app_id = m.app_id AND j.group_id = m.group_id AND j.version = m.joined_version AND j.appended_at IS NULL
          LEFT JOIN group_change l
            ON l.app_id = m.app_id AND l.group_id = m.group_id AND l.version = m.left_version AND l.appended_at IS NULL
        WHERE m.app_id = #{g.appId} AND m.group_id = #{g.groupId} AND m.user_id = #{user} ORDER BY m.joined_version\
        """)
    List<Stay> stays(@Param("g") GroupKey group, @Param("user") String userId);

    /** Writes above which place those may read who came with a version, unless a later epoch has. */
    @Update("""
        <script>
        UPDATE group_member SET from_sequence = #{sequence}, from_epoch = #{epoch}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND joined_version = #{version} AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
          AND COALESCE(from_epoch, 0) &lt;= #{epoch}
        </script>\
        """)
    void readFrom(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("users") List<String> userIds,
            @Param("sequence") long sequence,
            @Param("epoch") long epoch);

    /** Writes up to which place those may read who went with a version, unless a later epoch has. */
    @Update("""
        <script>
        UPDATE group_member SET to_sequence = #{sequence}, to_epoch = #{epoch}
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND left_version = #{version} AND user_id IN
        <foreach collection="users" item="it" open="(" separator="," close=")">#{it}</foreach>
          AND COALESCE(to_epoch, 0) &lt;= #{epoch}
        </script>\
        """)
    void readTo(
            @Param("g") GroupKey group,
            @Param("version") long version,
            @Param("users") List<String> userIds,
            @Param("sequence") long sequence,
            @Param("epoch") long epoch);

    /**
     * An event that is committed and of which nobody has noted yet that it is settled.
     *
     * @param content an encoded MessageContent
     */
    record OpenEvent(long version, String senderId, ByteString clientMessageId, ByteString content) {}

    /** Returns the events of a group up to a version of which nobody has noted yet that they are settled, in their order. */
    @Select("""
        SELECT version, sender_id, client_message_id, content FROM group_change
        WHERE app_id = #{g.appId} AND group_id = #{g.groupId} AND version <= #{version} AND appended_at IS NULL
        ORDER BY version\
        """)
    List<OpenEvent> openEvents(@Param("g") GroupKey group, @Param("version") long version);

    /** A group, and a version of it at which a user is in it. */
    record Unindexed(String groupId, long version) {}

    /** Returns the groups that a user is in and whose messages do not raise his index. */
    @Select("""
        SELECT m.group_id, g.version FROM group_member m
          JOIN im_group g ON g.app_id = m.app_id AND g.group_id = m.group_id AND g.reach > 0
        WHERE m.app_id = #{appId} AND m.user_id = #{userId} AND m.left_version IS NULL\
        """)
    List<Unindexed> unindexedGroups(UserKey user);
}
