package im.magpie.service.erasure;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What takes back all that a user has said in a conversation: changes like those that he could have made himself. */
final class Withdrawals {

    /**
     * Returns the changes that take back what messages have of their reader, each under the same name whenever it is asked for.
     *
     * @param messages as the user reads them
     * @param time which the names begin with, unix milliseconds
     * @param shape the version of the conversation's shape
     */
    static List<Offer> of(
            UserKey user, ConversationKey conversation, List<ChatMessage> messages, long time, long shape) {
        return messages.stream()
                .flatMap(message -> changes(user, message))
                .map(change -> offer(user, conversation, change, time, shape))
                .toList();
    }

    private static Stream<MessageContent> changes(UserKey user, ChatMessage message) {
        if (message.getRecalled() || !message.hasContent() || !Contents.isCounted(message.getContent())) {
            return Stream.empty();
        }
        return message.getSenderId().equals(user.userId())
                ? Stream.of(Contents.recall(message.getSequence()))
                : message.getReactionsList().stream()
                        .filter(Reaction::getMine)
                        .map(reaction -> Contents.reaction(message.getSequence(), reaction.getEmoji(), true));
    }

    private static Offer offer(
            UserKey user, ConversationKey conversation, MessageContent change, long time, long shape) {
        var content = change.toByteString();
        return named(user, conversation, content, Contents.target(change), shape, id(time, content));
    }

    /** Returns the same change under a new name, of now. */
    static Offer renamed(Offer change) {
        var user = new UserKey(change.conversation().appId(), change.key().senderId());
        return named(
                user,
                change.conversation(),
                change.content(),
                change.target(),
                change.shapeVersion(),
                UuidV7.next(System::currentTimeMillis));
    }

    private static Offer named(
            UserKey user, ConversationKey conversation, ByteString content, long target, long shape, UUID id) {
        return new Offer(
                new MessageKey(conversation, user.userId(), ByteString.copyFrom(UuidV7.toBytes(id))),
                content,
                target,
                List.of(),
                shape,
                Origin.NONE,
                Admission.BOUNDED,
                ByteString.EMPTY);
    }

    /** A change says all that tells it from the user's others in its conversation. */
    private static UUID id(long time, ByteString content) {
        var hash = UUID.nameUUIDFromBytes(content.toByteArray());
        return UuidV7.of(time, hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    private Withdrawals() {}
}
