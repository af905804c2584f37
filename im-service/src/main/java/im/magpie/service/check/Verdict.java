package im.magpie.service.check;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.Shape;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Block;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import java.util.List;

/** What a check has come to so far. */
sealed interface Verdict {

    /** Nothing is known against it. */
    sealed interface Allowed extends Verdict {

        Member sender();

        /** Returns the users who have to be there, and enabled. */
        List<UserKey> users();

        default Withdrawn withdrawn(ErrorCode code, String reason) {
            return new Withdrawn(this, new Refused(code, reason));
        }
    }

    /** In a private chat, whose shape never changes. */
    record ToPeer(Member sender, UserKey peer) implements Allowed {

        private static final CheckOutcome OUTCOME =
                CheckOutcome.newBuilder().setShape(Shape.getDefaultInstance()).build();

        @Override
        public List<UserKey> users() {
            return List.of(sender.user(), peer);
        }

        /** Returns what must not be there. */
        Block block() {
            return new Block(peer, sender.user().userId());
        }

        @Override
        public CheckOutcome toOutcome() {
            return OUTCOME;
        }
    }

    /** @param version of the group's shape; 0 as long as nobody has looked */
    record ToGroup(Member sender, long version) implements Allowed {

        @Override
        public List<UserKey> users() {
            return List.of(sender.user());
        }

        ToGroup at(long shape) {
            return new ToGroup(sender, shape);
        }

        @Override
        public CheckOutcome toOutcome() {
            return CheckOutcome.newBuilder()
                    .setShape(Shape.newBuilder().setVersion(version))
                    .build();
        }
    }

    /** It may not be any more, though it may have been: what was accepted then keeps its answer. */
    record Withdrawn(Allowed asked, Refused now) implements Verdict {

        @Override
        public CheckOutcome toOutcome() {
            return now.toOutcome();
        }
    }

    /** It may not be and never could, and this is why. */
    record Refused(ErrorCode code, String reason) implements Verdict {

        @Override
        public CheckOutcome toOutcome() {
            return CheckOutcome.newBuilder()
                    .setError(code)
                    .setErrorMessage(reason)
                    .build();
        }
    }

    CheckOutcome toOutcome();

    /** Returns what can be said before anything is looked up. */
    static Verdict of(CheckItem item) {
        if (!Identifiers.isAppId(item.getAppId()) || !Identifiers.isUserId(item.getSenderId())) {
            return new Refused(ErrorCode.UNKNOWN_USER, "nobody is called so");
        }
        try {
            var sender = Members.require(new UserKey(item.getAppId(), item.getSenderId()), item.getConversationId());
            return ConversationId.parse(item.getConversationId()) instanceof ConversationId.OfTwo two
                    ? new ToPeer(sender, new UserKey(item.getAppId(), two.peerOf(item.getSenderId())))
                    : new ToGroup(sender, 0);
        } catch (MagpieException e) {
            return new Refused(e.code(), String.valueOf(e.getMessage()));
        }
    }
}
