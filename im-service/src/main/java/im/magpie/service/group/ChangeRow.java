package im.magpie.service.group;

import com.google.protobuf.ByteString;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;

/**
 * A row of {@code group_change}: an event that is committed, whether it has its place in the timeline or not.
 *
 * @param clientMessageId the 16 bytes of the UUIDv7 by which it is known in the timeline
 * @param senderId who has done it; empty for the business system
 * @param requestId of the request that it came of; empty for one without
 * @param content an encoded MessageContent
 * @param reach the number of a {@link Reach}, from this version on
 * @param createdAt unix milliseconds
 */
record ChangeRow(
        String appId,
        String groupId,
        long version,
        ByteString clientMessageId,
        String senderId,
        ByteString requestId,
        ByteString content,
        int reach,
        long createdAt) {

    GroupKey group() {
        return new GroupKey(appId, groupId);
    }
}
