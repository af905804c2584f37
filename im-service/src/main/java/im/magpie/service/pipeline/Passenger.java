package im.magpie.service.pipeline;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.conversation.Position;
import im.magpie.service.pipeline.Stage.Batch;

/** A message of a call, and what the call knows of it. */
final class Passenger {

    private Offer offer;
    private Stage stage = new Stage.Offered();
    private boolean acceptedBefore;

    Passenger(Offer offer) {
        this.offer = offer;
    }

    Offer offer() {
        return offer;
    }

    Stage stage() {
        return stage;
    }

    /** Returns whether it has to be offered. */
    boolean asks() {
        return stage instanceof Stage.Offered || stage instanceof Stage.BehindEvent;
    }

    /** Returns whether nothing that this call could do takes it further. */
    boolean waitsForOthers() {
        return stage instanceof Stage.BehindEvent || stage instanceof Stage.Elsewhere;
    }

    boolean decided() {
        return stage instanceof Stage.Decided;
    }

    /** Returns what its sender may be told now. */
    Outcome outcome() {
        return stage instanceof Stage.Decided decided ? decided.outcome() : new Outcome.Pending();
    }

    void decide(Outcome outcome) {
        stage = new Stage.Decided(outcome);
    }

    void answered(Acceptance acceptance, int partition) {
        switch (acceptance) {
            case Acceptance.Accepted accepted ->
                stage = new Stage.Accepted(new Batch(partition, accepted.epoch()), pending(accepted));
            case Acceptance.Duplicate duplicate
            when duplicate.settled() ->
                decide(new Outcome.Settled(duplicate.sequence(), duplicate.ordinal(), duplicate.serverTime()));
            case Acceptance.Duplicate duplicate -> stage = elsewhere(duplicate, partition);
            case Acceptance.Refused refused -> refuse(Refusals.outcome(refused));
            case Acceptance.CheckAgain _ -> refuse(new Outcome.CheckAgain());
            case Acceptance.BehindEvent _ -> stage = new Stage.BehindEvent();
            case Acceptance.Unknown _ -> stage = new Stage.Offered();
        }
    }

    void settled() {
        switch (stage) {
            case Stage.Accepted accepted -> {
                var message = accepted.message().message();
                decide(new Outcome.Settled(message.getSequence(), message.getOrdinal(), message.getServerTime()));
            }
            case Stage.Elsewhere elsewhere ->
                decide(new Outcome.Settled(
                        elsewhere.position().sequence(), elsewhere.position().ordinal(), elsewhere.serverTime()));
            case Stage.Offered _, Stage.BehindEvent _, Stage.Decided _ ->
                throw new IllegalStateException("not on its way: " + stage);
        }
    }

    /**
     * The epoch that accepted the message ended before this call saw it settled. Offering it again is safe and makes it settled once, whatever
     * became of it.
     *
     * <ul>
     *   <li>Its row lies in the store queue before the next epoch's barrier: the row keeps its number. The barrier is committed before that epoch
     *       opens, so the row is too, and the id, made before the opening, is one of those that accept looks up in the store: it is found, and
     *       answered with the number it has.
     *   <li>Its row comes behind the barrier: the store sends it back and never inserts it under its old number. Readmission and this offer carry the
     *       same name to the same partition; whichever comes first is accepted, marked and stored, and the other finds the mark.
     *   <li>It never reached the queue: nobody but its sender knows of it, and this offer is the first to be stored.
     *   <li>It was confirmed in the old epoch by somebody else after all: then its row was in the queue before the old epoch was fenced, which is the
     *       first case.
     * </ul>
     *
     * It is exempt from the bounds now, as it was admitted once, unless it is a resend, which stays one. And a refusal must not reach its sender any more: the row may be on its way
     * back and be admitted, so the outcome stays unknown.
     */
    void offerAgain() {
        stage = new Stage.Offered();
        acceptedBefore = true;
        if (offer.admission() == Admission.BOUNDED) {
            offer = offer.with(Admission.EXEMPT);
        }
    }

    /**
     * This call takes on what another one has accepted.
     *
     * @param message as that one offered it, with its place
     */
    void takeOver(AcceptedMessage message) {
        if (!(stage instanceof Stage.Elsewhere elsewhere)) {
            throw new IllegalStateException("not accepted elsewhere: " + stage);
        }
        stage = new Stage.Accepted(elsewhere.batch(), new PendingMessage(message, offer.origin()));
    }

    /** Returns the message that this call has accepted, or taken over. */
    PendingMessage accepted() {
        if (stage instanceof Stage.Accepted accepted) {
            return accepted.message();
        }
        throw new IllegalStateException("not accepted by this call: " + stage);
    }

    /** Returns the place of a message that somebody else has accepted. */
    Position elsewhere() {
        if (stage instanceof Stage.Elsewhere elsewhere) {
            return elsewhere.position();
        }
        throw new IllegalStateException("not accepted elsewhere: " + stage);
    }

    private void refuse(Outcome refusal) {
        decide(acceptedBefore ? new Outcome.Pending() : refusal);
    }

    private Stage elsewhere(Acceptance.Duplicate duplicate, int partition) {
        var position = new Position(offer.conversation(), duplicate.sequence(), duplicate.ordinal());
        return new Stage.Elsewhere(new Batch(partition, duplicate.epoch()), position, duplicate.serverTime());
    }

    private PendingMessage pending(Acceptance.Accepted accepted) {
        return new PendingMessage(offer.toMessage(accepted), offer.origin());
    }
}
