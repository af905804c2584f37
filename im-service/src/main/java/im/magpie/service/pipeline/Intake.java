package im.magpie.service.pipeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.service.batch.Isolation;
import im.magpie.service.change.ChangeCheck;
import im.magpie.service.change.ChangeVerdict;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.Offer;
import im.magpie.service.redis.ScriptFaultException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes offers of what gateways submit, or says at once why not. Safe for use by many threads. */
final class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final OfferReader reader;
    private final ChangeCheck changes;

    Intake(OfferReader reader, ChangeCheck changes) {
        this.reader = reader;
        this.changes = changes;
    }

    /** Returns an entry for each item, in their order. */
    List<Entry> take(List<SubmitItem> items) {
        var call = new Call(items);
        call.checkChanges();
        call.holdBack();
        return call.entries;
    }

    /** A submitted message: an offer, or the outcome of one that is not offered. */
    sealed interface Entry {

        record Offered(Offer offer) implements Entry {}

        /** @param offer null where it could not even be read */
        record Decided(@Nullable Offer offer, Outcome outcome) implements Entry {}
    }

    private final class Call {

        private final List<Entry> entries;

        Call(List<SubmitItem> items) {
            this.entries = new ArrayList<>(items.stream().map(this::read).toList());
        }

        private Entry read(SubmitItem item) {
            try {
                return new Entry.Offered(reader.read(item));
            } catch (MagpieException e) {
                return new Entry.Decided(null, Refusals.forGood(e.code(), String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                log.error("A message can't be read", e);
                return new Entry.Decided(null, Refusals.forGood(ErrorCode.INTERNAL, "the message could not be read"));
            }
        }

        void checkChanges() {
            var unchecked = IntStream.range(0, entries.size())
                    .filter(this::isUnchecked)
                    .boxed()
                    .toList();
            Isolation.run(unchecked, this::check, (i, e) -> {
                log.error("A change can't be checked", e);
                decide(i, new Outcome.Unknown());
            });
        }

        private boolean isUnchecked(int i) {
            return entries.get(i) instanceof Entry.Offered(Offer offer)
                    && (offer.target() > 0 || offer.mentionsAll())
                    && offer.admission() != Admission.RESEND;
        }

        private void check(List<Integer> some) {
            if (some.isEmpty()) {
                return;
            }
            try {
                var verdicts = changes.check(some.stream().map(this::offer).toList());
                for (var n = 0; n < some.size(); n++) {
                    judge(some.get(n), verdicts.get(n));
                }
            } catch (ScriptFaultException e) {
                throw e;
            } catch (MagpieException e) {
                some.forEach(i -> decide(i, Refusals.forGood(e.code(), String.valueOf(e.getMessage()))));
            }
        }

        private void judge(int i, ChangeVerdict verdict) {
            switch (verdict) {
                case ChangeVerdict.Allowed allowed -> entries.set(i, new Entry.Offered(allowed.offer()));
                case ChangeVerdict.Refused refused -> decide(i, Refusals.forGood(refused.code(), refused.reason()));
            }
        }

        /** What its sender will offer again must not be overtaken by what came behind it. */
        void holdBack() {
            var held = new HashSet<Sender>();
            for (var i = 0; i < entries.size(); i++) {
                switch (entries.get(i)) {
                    case Entry.Decided(Offer offer, Outcome outcome)
                    when offer != null && mayComeAgain(outcome) -> held.add(Sender.of(offer));
                    case Entry.Decided _ -> {}
                    case Entry.Offered(Offer offer) -> {
                        if (held.contains(Sender.of(offer))) {
                            decide(i, new Outcome.CheckAgain());
                        }
                    }
                }
            }
        }

        private static boolean mayComeAgain(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Unknown _ -> true;
                case Outcome.Refused refused ->
                    refused.code() == ErrorCode.UNAVAILABLE || refused.code() == ErrorCode.BUSY;
                case Outcome.Settled _, Outcome.CheckAgain _, Outcome.Pending _ -> false;
            };
        }

        private void decide(int i, Outcome outcome) {
            entries.set(i, new Entry.Decided(offer(i), outcome));
        }

        private Offer offer(int i) {
            if (entries.get(i) instanceof Entry.Offered(Offer offer)) {
                return offer;
            }
            throw new IllegalStateException("decided already");
        }
    }
}
