package im.magpie.service.erasure;

import im.magpie.common.user.UserKey;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code erasure}.
 *
 * @param requestedAt unix milliseconds, as the next one
 * @param finishedAt null while there is more to do
 * @param conversationId which conversation is being walked through; those whose names come before are done
 * @param sequence up to where it is done
 */
record Erasure(
        String appId,
        String userId,
        long requestedAt,
        @Nullable Long finishedAt,
        String conversationId,
        long sequence) {

    UserKey user() {
        return new UserKey(appId, userId);
    }
}
