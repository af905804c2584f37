package im.magpie.e2e.history;

import im.magpie.codec.id.UuidV7;
import java.util.UUID;

/** The ids of requests that change groups, which their events carry: from these one knows what each comes of. */
public final class RequestIds {

    /** Returns the id of an operation's request. */
    public static UUID of(long operation) {
        return UuidV7.of(operation, 0, 0);
    }

    private RequestIds() {}
}
