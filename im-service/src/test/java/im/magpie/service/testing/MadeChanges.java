package im.magpie.service.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.MessageState;
import im.magpie.common.rpc.StoredReaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a store makes of a conversation's rows, worked out anew from all of them each time. */
final class MadeChanges {

    private final Collection<AcceptedMessage> rows;

    MadeChanges(Collection<AcceptedMessage> rows) {
        this.rows = rows;
    }

    /** Returns a row with the content that it has by now. */
    AcceptedMessage current(AcceptedMessage row) {
        if (row.getTarget() > 0) {
            return row.toBuilder()
                    .setContent(Contents.asRead(content(row)).toByteString())
                    .build();
        }
        var content = row.getContent();
        var edited = 0L;
        for (var change : changes(row)) {
            var what = content(change);
            if (what.hasRecall()) {
                return row.toBuilder().setContent(ByteString.EMPTY).build();
            }
            if (what.hasEdit() && change.getSequence() > edited) {
                edited = change.getSequence();
                content = what.getEdit().getContent().toByteString();
            }
        }
        return row.toBuilder().setContent(content).build();
    }

    /** Returns the state of a row that was changed, with what is asked for of its reactions; nothing for others. */
    List<MessageState> state(AcceptedMessage row, HistoryRange range) {
        var changes = changes(row);
        if (changes.isEmpty()) {
            return List.of();
        }
        var state = MessageState.newBuilder()
                .setSequence(row.getSequence())
                .setRecalled(changes.stream().anyMatch(change -> content(change).hasRecall()))
                .setChangedSequence(changes.getLast().getSequence());
        changes.stream()
                .filter(change -> content(change).hasEdit())
                .forEach(change -> state.setEditSequence(change.getSequence()));
        Map<String, Map<String, AcceptedMessage>> byEmoji = new TreeMap<>();
        changes.stream()
                .filter(change -> content(change).hasReaction())
                .forEach(change -> byEmoji.computeIfAbsent(
                                content(change).getReaction().getEmoji(), _ -> new TreeMap<>())
                        .put(change.getSenderId(), change));
        byEmoji.forEach((emoji, byUser) -> count(emoji, byUser, range.getReaderId(), state));
        for (var asked : range.getReactionsList()) {
            var last = byEmoji.getOrDefault(asked.getEmoji(), Map.of()).get(asked.getUserId());
            if (asked.getSequence() == row.getSequence() && last != null) {
                state.addAsked(StoredReaction.newBuilder()
                        .setUserId(asked.getUserId())
                        .setEmoji(asked.getEmoji())
                        .setChangedSequence(last.getSequence())
                        .setRemoved(content(last).getReaction().getRemoved()));
            }
        }
        return List.of(state.build());
    }

    private static void count(
            String emoji, Map<String, AcceptedMessage> byUser, String reader, MessageState.Builder state) {
        var users = byUser.values().stream()
                .filter(last -> !content(last).getReaction().getRemoved())
                .map(AcceptedMessage::getSenderId)
                .collect(Collectors.toSet());
        if (!users.isEmpty()) {
            state.addReactions(
                    Reaction.newBuilder().setEmoji(emoji).setCount(users.size()).setMine(users.contains(reader)));
        }
    }

    /** In the order of their sequences. */
    private List<AcceptedMessage> changes(AcceptedMessage row) {
        return rows.stream()
                .filter(other -> other.getTarget() == row.getSequence())
                .toList();
    }

    private static MessageContent content(AcceptedMessage row) {
        try {
            return MessageContent.parseFrom(row.getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
