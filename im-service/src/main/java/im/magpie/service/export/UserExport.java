package im.magpie.service.export;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupPage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.device.DeviceLog;
import im.magpie.service.device.KnownDevice;
import im.magpie.service.group.GroupRecords;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.room.RoomRecords;
import im.magpie.service.timeline.PullReader;
import im.magpie.service.timeline.SyncReader;
import im.magpie.service.user.User;
import im.magpie.service.user.Users;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Writes all that is kept of a user: what he is, and what he can see. Goes through it a page at a time, so its memory does not grow with what there is.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
@Component
final class UserExport {

    private static final int BLOCKED_AT_ONCE = 1_000;
    private static final int CONVERSATIONS_AT_ONCE = 100;

    private final Users users;
    private final DeviceLog devices;
    private final Blacklist blacklist;
    private final GroupRecords groups;
    private final RoomRecords rooms;
    private final MembershipMapper memberships;
    private final SyncReader conversations;
    private final PullReader messages;

    UserExport(
            Users users,
            DeviceLog devices,
            Blacklist blacklist,
            GroupRecords groups,
            RoomRecords rooms,
            MembershipMapper memberships,
            SyncReader conversations,
            PullReader messages) {
        this.users = users;
        this.devices = devices;
        this.blacklist = blacklist;
        this.groups = groups;
        this.rooms = rooms;
        this.memberships = memberships;
        this.conversations = conversations;
        this.messages = messages;
    }

    private record Profile(String userId, String nickname, String avatar, boolean disabled) {

        static Profile of(User user) {
            return new Profile(user.userId(), user.nickname(), user.avatar(), user.disabled());
        }
    }

    private record Device(
            ClientType clientType,
            String deviceId,
            String deviceName,
            String firstLogin,
            String lastLogin,
            String lastActive) {

        static Device of(KnownDevice device) {
            return new Device(
                    device.key().clientType(),
                    device.key().deviceId(),
                    device.name(),
                    time(device.firstLogin()),
                    time(device.lastLogin()),
                    time(device.lastActive()));
        }

        private static String time(long millis) {
            return Instant.ofEpochMilli(millis).toString();
        }
    }

    private record Blocked(String userId) {}

    private record JoinRequest(String groupId, String message, String at, boolean turnedAway) {}

    /** @throws MagpieException NOT_FOUND, before anything is written; UNAVAILABLE when Redis or a store did not answer */
    void write(UserKey user, JsonLines out) throws IOException {
        out.write("profile", Profile.of(users.require(user)));
        for (var device : devices.of(user)) {
            out.write("device", Device.of(device));
        }
        writeBlacklist(user, out);
        writeGroups(user, out);
        writeJoinRequests(user, out);
        writeRooms(user, out);
        var after = "";
        List<String> page;
        do {
            page = memberships.conversationsOf(user.appId(), user.userId(), after, CONVERSATIONS_AT_ONCE);
            writeConversations(user, page, out);
            after = page.isEmpty() ? after : page.getLast();
        } while (page.size() == CONVERSATIONS_AT_ONCE);
    }

    private void writeBlacklist(UserKey user, JsonLines out) throws IOException {
        var after = "";
        List<String> page;
        do {
            page = blacklist.list(user, after, BLOCKED_AT_ONCE);
            for (var blocked : page) {
                out.write("blocked", new Blocked(blocked));
            }
            after = page.isEmpty() ? after : page.getLast();
        } while (page.size() == BLOCKED_AT_ONCE);
    }

    private void writeGroups(UserKey user, JsonLines out) throws IOException {
        var after = "";
        GroupPage page;
        do {
            page = groups.groups(user, after);
            for (var group : page.getGroupsList()) {
                out.write("group", group);
                after = group.getGroupId();
            }
        } while (page.getMore());
    }

    private void writeJoinRequests(UserKey user, JsonLines out) throws IOException {
        var after = "";
        var page = groups.requests(user, after);
        while (!page.isEmpty()) {
            for (var request : page) {
                var at = Instant.ofEpochMilli(request.requestedAt()).toString();
                out.write(
                        "joinRequest", new JoinRequest(request.groupId(), request.message(), at, request.turnedAway()));
                after = request.groupId();
            }
            page = groups.requests(user, after);
        }
    }

    private void writeRooms(UserKey user, JsonLines out) throws IOException {
        var after = "";
        var page = rooms.rooms(user, after);
        while (!page.isEmpty()) {
            for (var room : page) {
                out.write("room", room);
                after = room.getRoomId();
            }
            page = rooms.rooms(user, after);
        }
        var walk = rooms.saidBy(user);
        var said = walk.next();
        while (!said.isEmpty()) {
            for (var message : said) {
                out.write("roomMessage", message);
            }
            said = walk.next();
        }
    }

    private void writeConversations(UserKey user, List<String> ids, JsonLines out) throws IOException {
        var members = ids.stream().map(id -> new Member(user, id)).toList();
        for (var entry : conversations.entries(members)) {
            out.write("conversation", entry);
            if (entry.getNewestSequence() > 0) {
                writeMessages(user, entry.getConversationId(), entry.getNewestSequence(), out);
            }
        }
    }

    private void writeMessages(UserKey user, String conversationId, long newest, JsonLines out) throws IOException {
        var after = 0L;
        while (after < newest) {
            var range = PullRange.newBuilder()
                    .setConversationId(conversationId)
                    .setAfterSequence(after)
                    .setToSequence(newest);
            var page = messages.pull(
                            user, PullRequest.newBuilder().addRanges(range).build())
                    .getRanges(0);
            for (var message : page.getMessagesList()) {
                out.write("message", message);
            }
            if (page.getToSequence() <= after) {
                throw new MagpieException(ErrorCode.INTERNAL, "a page of an export covers nothing");
            }
            after = page.getToSequence();
        }
    }
}
