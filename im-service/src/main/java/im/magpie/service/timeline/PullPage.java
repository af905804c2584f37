package im.magpie.service.timeline;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.service.membership.Extent;

/** A reply to PULL as it fills up. Once it is full every further range is answered as not begun. */
final class PullPage {

    private final PullReply.Builder reply = PullReply.newBuilder();
    private final long maxBytes;
    private long bytes;
    private boolean full;

    PullPage(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Adds a range and what was read of it, as far as it fits.
     *
     * @param readable what of the conversation its reader may read
     */
    void add(PullRange asked, MessagePage page, Extent readable) {
        if (full) {
            leaveOut(asked);
            return;
        }
        var range = begin(asked);
        var end = end(asked, readable.newest(page.head().sequence()));
        var to = Math.max(asked.getAfterSequence(), page.coveredTo(end));
        for (var message : page.messages()) {
            if (!fits(message)) {
                to = message.getSequence() - 1;
                full = true;
                break;
            }
            range.addMessages(message);
        }
        // For somebody who came later the conversation begins where he may read.
        var beginning = readable.above(0).after();
        reply.addRanges(range.setToSequence(to).setOutlivedSequence(Math.max(page.outlivedSequence(), beginning)));
        if (to < end) {
            reply.setMore(true);
        }
    }

    private static long end(PullRange asked, long newest) {
        return asked.getToSequence() == 0 ? newest : Math.min(asked.getToSequence(), newest);
    }

    /** Answers a range for which there is no room. */
    void leaveOut(PullRange asked) {
        reply.addRanges(begin(asked));
        reply.setMore(true);
    }

    PullReply reply() {
        return reply.build();
    }

    private boolean fits(ChatMessage message) {
        var size = message.getSerializedSize();
        var fits = bytes == 0 || bytes + size <= maxBytes;
        bytes += fits ? size : 0;
        return fits;
    }

    private static PulledRange.Builder begin(PullRange asked) {
        return PulledRange.newBuilder()
                .setConversationId(asked.getConversationId())
                .setAfterSequence(asked.getAfterSequence())
                .setToSequence(asked.getAfterSequence());
    }
}
