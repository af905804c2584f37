package im.magpie.service.group;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ListReaders;
import im.magpie.codec.protocol.Readers;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import im.magpie.service.timeline.MessageReader;
import im.magpie.service.watermark.Watermark;
import im.magpie.service.watermark.Watermarks;
import java.util.List;
import java.util.function.Supplier;

/** Who has read messages, by how far members have read. Blocks; safe for use by many threads. */
final class GroupReaders {

    private static final String NOBODY = "";

    private final GroupMemberMapper members;
    private final ConversationLog conversations;
    private final MessageReader messages;
    private final Extents extents;
    private final Watermarks watermarks;
    private final Supplier<GroupSettings> settings;

    GroupReaders(
            GroupMemberMapper members,
            ConversationLog conversations,
            MessageReader messages,
            Extents extents,
            Watermarks watermarks,
            Supplier<GroupSettings> settings) {
        this.members = members;
        this.conversations = conversations;
        this.messages = messages;
        this.extents = extents;
        this.watermarks = watermarks;
        this.settings = settings;
    }

    /**
     * Returns who of those who were there has read a message, and who has not. Everybody may ask who may read it.
     *
     * @throws MagpieException NOT_A_PARTICIPANT; NOT_FOUND where there is no message that the actor may read, a change and an event being none; FORBIDDEN where too
     *     many have it to read; UNAVAILABLE when Redis or a database did not answer
     */
    Readers of(Actor actor, GroupKey group, ListReaders asked) {
        var message = message(actor, group, asked.getSequence());
        var most = settings.get().readersMaxMembers();
        var there = members.at(group, message.getSequence(), message.getServerTime(), most + 1);
        if (there.size() > most) {
            throw new MagpieException(
                    ErrorCode.FORBIDDEN, "who has read a message is told in groups of up to %d".formatted(most));
        }
        var marks = watermarks.of(
                there.stream().map(userId -> member(group, userId)).toList());
        var readers = Readers.newBuilder();
        for (var userId : there) {
            var mark = marks.getOrDefault(member(group, userId), Watermark.NONE);
            if (mark.read() >= message.getSequence() || userId.equals(message.getSenderId())) {
                readers.addRead(userId);
            } else {
                readers.addUnread(userId);
            }
        }
        return readers.build();
    }

    private ChatMessage message(Actor actor, GroupKey group, long sequence) {
        Rules.require(sequence > 0, "a sequence is 1 to 2^63 - 1");
        var head = conversations.head(group.conversation());
        if (mayRead(actor, group, head, sequence)) {
            var range = new WindowRange(group.conversation(), sequence - 1, sequence, 1);
            var found = messages.read(NOBODY, List.of(range)).getFirst().messages();
            if (!found.isEmpty() && Contents.isCounted(found.getFirst().getContent())) {
                return found.getFirst();
            }
        }
        throw new MagpieException(ErrorCode.NOT_FOUND, "there is no message at sequence " + sequence);
    }

    private boolean mayRead(Actor actor, GroupKey group, Head head, long sequence) {
        return sequence <= head.sequence()
                && (actor.isBusinessSystem()
                        || extents.of(member(group, actor.userId()), head).has(sequence));
    }

    private static Member member(GroupKey group, String userId) {
        return new Member(group.user(userId), group.conversationId());
    }
}
