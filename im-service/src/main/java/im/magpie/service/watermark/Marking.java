package im.magpie.service.watermark;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.Mark;
import im.magpie.common.rpc.MarkOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Extent;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes in how far devices are: raises watermarks and tells the other devices concerned. A watermark never passes what can be
 * read, whatever a device claims.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class Marking {

    private final ConversationLog conversations;
    private final Extents extents;
    private final Watermarks watermarks;
    private final UserIndexes indexes;
    private final PushPublisher pushes;

    public Marking(
            ConversationLog conversations,
            Extents extents,
            Watermarks watermarks,
            UserIndexes indexes,
            PushPublisher pushes) {
        this.conversations = conversations;
        this.extents = extents;
        this.watermarks = watermarks;
        this.indexes = indexes;
        this.pushes = pushes;
    }

    /**
     * Answers in the order of the marks. May be repeated.
     *
     * @throws MagpieException UNAVAILABLE when Redis or the store did not answer: some marks may have been taken
     */
    public List<MarkOutcome> mark(List<Mark> marks) {
        var outcomes = new ArrayList<MarkOutcome>(marks.size());
        var wanted = new ArrayList<Wanted>(marks.size());
        for (var mark : marks) {
            try {
                var session = mark.getSession();
                var user = new UserKey(session.getAppId(), session.getUserId());
                wanted.add(new Wanted(Members.require(user, mark.getConversationId()), mark, outcomes.size()));
                outcomes.add(MarkOutcome.getDefaultInstance());
            } catch (MagpieException e) {
                outcomes.add(failure(e));
            }
        }
        var keys = wanted.stream().map(want -> want.member().conversation()).collect(Collectors.toSet());
        tell(watermarks.raise(bounded(wanted, conversations.heads(keys), outcomes)));
        return outcomes;
    }

    /** Passes over what is of conversations that their users are not in. */
    private List<Raise> bounded(List<Wanted> wanted, Map<ConversationKey, Head> heads, List<MarkOutcome> outcomes) {
        var raises = new ArrayList<Raise>(wanted.size());
        for (var want : wanted) {
            try {
                var head = heads.getOrDefault(want.member().conversation(), Head.NONE);
                raises.add(bounded(want, head, extents.of(want.member(), head)));
            } catch (MagpieException e) {
                outcomes.set(want.index(), failure(e));
            }
        }
        return raises;
    }

    private static MarkOutcome failure(MagpieException e) {
        return MarkOutcome.newBuilder()
                .setError(e.code())
                .setErrorMessage(e.getMessage())
                .build();
    }

    private Raise bounded(Wanted wanted, Head head, Extent readable) {
        var conversation = wanted.member().conversation();
        var newest = readable.newest(head.sequence());
        var read = Math.min(wanted.mark().getReadSequence(), newest);
        var ordinal =
                read == 0 ? 0 : read == head.sequence() ? head.ordinal() : conversations.ordinalAt(conversation, read);
        var delivered = Math.min(wanted.mark().getDeliveredSequence(), newest);
        return new Raise(wanted.member(), new Watermark(Math.max(delivered, read), read, ordinal));
    }

    private void tell(List<Raised> raised) {
        var risen =
                raised.stream().filter(r -> r.deliveredRose() || r.readRose()).toList();
        if (risen.isEmpty()) {
            return;
        }
        var routes = indexes.raise(touches(risen), users(risen));
        pushes.publish(risen.stream().flatMap(r -> receipts(r, routes)).toList());
    }

    /** Reading changes the reader's list, and in a private chat the other one's; what is delivered is not worth a version. */
    private static List<Touch> touches(List<Raised> risen) {
        return risen.stream()
                .filter(Raised::readRose)
                .flatMap(r -> concerned(r).map(member -> new Touch(member.user(), member.conversationId())))
                .toList();
    }

    private static Set<UserKey> users(List<Raised> risen) {
        return risen.stream()
                .flatMap(Marking::concerned)
                .map(Member::user)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whoever hears of it: in a private chat the other one, and of what is read the reader's own devices. */
    private static Stream<Member> concerned(Raised raised) {
        var peer = Members.peer(raised.member()).stream();
        return raised.readRose() ? Stream.concat(Stream.of(raised.member()), peer) : peer;
    }

    private static Stream<Push> receipts(Raised raised, Map<UserKey, List<DeviceRoute>> routes) {
        var devices = concerned(raised)
                .flatMap(member -> routes.getOrDefault(member.user(), List.of()).stream())
                .toList();
        return devices.isEmpty()
                ? Stream.empty()
                : Stream.of(Push.unacknowledged(Command.RECEIPT, receipt(raised).toByteString(), devices));
    }

    private static ReceiptPush receipt(Raised raised) {
        return ReceiptPush.newBuilder()
                .addReceipts(Receipt.newBuilder()
                        .setConversationId(raised.member().conversationId())
                        .setUserId(raised.member().user().userId())
                        .setDeliveredSequence(raised.now().delivered())
                        .setReadSequence(raised.now().read())
                        .setReadOrdinal(raised.now().readOrdinal()))
                .build();
    }

    /** @param index of its outcome */
    private record Wanted(Member member, Mark mark, int index) {}
}
