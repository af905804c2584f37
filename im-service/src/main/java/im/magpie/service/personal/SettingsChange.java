package im.magpie.service.personal;

import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.common.error.MagpieException;
import java.util.TreeSet;

/** What a request makes of settings. */
final class SettingsChange {

    private static final int LONGEST_DRAFT = 4_096;
    private static final int MOST_DELETED = 1_000;

    private final ConfigureRequest request;
    private final long newest;

    /**
     * @param newest the sequence of the conversation's newest entry: what does not exist can't be deleted
     * @throws MagpieException INVALID_REQUEST when the request breaks a limit
     */
    SettingsChange(ConfigureRequest request, long newest) {
        this.request = request;
        this.newest = newest;
        if (request.getDraft().length() > LONGEST_DRAFT) {
            throw new MagpieException(
                    ErrorCode.INVALID_REQUEST, "a draft has at most %d characters".formatted(LONGEST_DRAFT));
        }
        requireFew(request.getDeleteCount());
        if (request.getDeleteUntil() < 0 || request.getDeleteList().stream().anyMatch(sequence -> sequence <= 0)) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a sequence is 1 to 2^63 - 1");
        }
    }

    private static void requireFew(int deleted) {
        if (deleted > MOST_DELETED) {
            throw new MagpieException(
                    ErrorCode.INVALID_REQUEST,
                    "at most %d messages of a conversation are deleted one by one".formatted(MOST_DELETED));
        }
    }

    /**
     * Returns the settings then; the same ones where nothing changes.
     *
     * @throws MagpieException INVALID_REQUEST when too many messages would be deleted one by one
     */
    PersonalSettings of(PersonalSettings before) {
        var after = before.toBuilder();
        if (request.hasPinned()) {
            after.setPinned(request.getPinned());
        }
        if (request.hasMuted()) {
            after.setMuted(request.getMuted());
        }
        if (request.hasDraft()) {
            after.setDraft(request.getDraft());
        }
        if (request.hasShowNicknames()) {
            after.setShowNicknames(request.getShowNicknames());
        }
        after.setDeletedUntil(Math.max(before.getDeletedUntil(), Math.min(request.getDeleteUntil(), newest)));
        var deleted = new TreeSet<>(before.getDeletedList());
        deleted.addAll(request.getDeleteList());
        after.clearDeleted().addAllDeleted(deleted.subSet(after.getDeletedUntil(), false, newest, true));
        requireFew(after.getDeletedCount());
        return after.build().equals(before)
                ? before
                : after.setVersion(before.getVersion() + 1).build();
    }
}
