package im.magpie.service.pipeline;

import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Offer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The way of checked messages: accept, store, settle. Answers when every one is settled or refused, or has waited long enough. May be repeated with
 * the same offers at any time. Blocks; meant for virtual threads; safe for use by many.
 */
public final class Submission {

    private final ConversationLog conversations;
    private final Settlement settlement;
    private final SubmitProperties properties;
    private final Semaphore permits;

    Submission(ConversationLog conversations, Settlement settlement, SubmitProperties properties) {
        this.conversations = conversations;
        this.settlement = settlement;
        this.properties = properties;
        this.permits = new Semaphore(properties.maxConcurrent());
    }

    /** Answers in the order of the offers. */
    public List<Outcome> submit(List<Offer> offers) {
        var deadline = Deadline.in(properties.deadline());
        if (!admitted(deadline)) {
            // Not BUSY: one of them may have been accepted by an earlier call, and its sender must not hear of a
            // failure any more.
            return Collections.nCopies(offers.size(), new Outcome.Pending());
        }
        try {
            return new Passage(conversations, settlement, offers, deadline).outcomes();
        } finally {
            permits.release();
        }
    }

    private boolean admitted(Deadline deadline) {
        try {
            return permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
