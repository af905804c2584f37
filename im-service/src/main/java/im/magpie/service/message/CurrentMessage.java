package im.magpie.service.message;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.codec.protocol.ReactionContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.MessageState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A message as changes have left it: those that the store has made, and then those that it may not have made yet, each of which it takes
 * once whether it is among the first or not. For one thread.
 */
public final class CurrentMessage {

    private final AcceptedMessage message;
    private final String readerId;
    private final SortedMap<String, Reaction> reactions = new TreeMap<>();
    private final Map<OneReaction, LastChange> known = new HashMap<>();
    private MessageContent content;
    private boolean recalled;
    private long editSequence;
    private long changedSequence;

    private record OneReaction(String userId, String emoji) {}

    private record LastChange(long sequence, boolean removed) {

        static final LastChange NONE = new LastChange(0, true);
    }

    /**
     * Makes a message of what the store says of it; a message that the store knows nothing of has the default state.
     *
     * @param message with the content that the state says
     * @param state names the reactions that later changes are about
     */
    public CurrentMessage(AcceptedMessage message, MessageState state, String readerId) {
        this.message = message;
        this.readerId = readerId;
        this.content = ChatMessages.content(message);
        this.recalled = state.getRecalled();
        this.editSequence = state.getEditSequence();
        this.changedSequence = state.getChangedSequence();
        state.getReactionsList().forEach(reaction -> reactions.put(reaction.getEmoji(), reaction));
        state.getAskedList()
                .forEach(asked -> known.put(
                        new OneReaction(asked.getUserId(), asked.getEmoji()),
                        new LastChange(asked.getChangedSequence(), asked.getRemoved())));
    }

    /** Makes changes of this message, in any order. */
    public CurrentMessage changedBy(Collection<AcceptedMessage> changes) {
        changes.stream()
                .sorted(Comparator.comparingLong(AcceptedMessage::getSequence))
                .forEach(this::change);
        return this;
    }

    private void change(AcceptedMessage change) {
        var sequence = change.getSequence();
        var what = ChatMessages.content(change);
        switch (what.getKindCase()) {
            case RECALL -> recalled = true;
            case EDIT -> {
                if (sequence > editSequence) {
                    content = what.getEdit().getContent();
                    editSequence = sequence;
                }
            }
            case REACTION -> react(change.getSenderId(), what.getReaction(), sequence);
            default -> throw new IllegalStateException("not a change: " + what.getKindCase());
        }
        changedSequence = Math.max(changedSequence, sequence);
    }

    private void react(String userId, ReactionContent change, long sequence) {
        var reaction = new OneReaction(userId, change.getEmoji());
        var last = known.getOrDefault(reaction, LastChange.NONE);
        if (sequence <= last.sequence()) {
            return;
        }
        known.put(reaction, new LastChange(sequence, change.getRemoved()));
        if (change.getRemoved() != last.removed()) {
            count(reaction, change.getRemoved() ? -1 : 1);
        }
    }

    private void count(OneReaction reaction, int difference) {
        var before = reactions.getOrDefault(reaction.emoji(), Reaction.getDefaultInstance());
        var after = before.toBuilder()
                .setEmoji(reaction.emoji())
                .setCount(before.getCount() + difference)
                .setMine(reaction.userId().equals(readerId) ? difference > 0 : before.getMine())
                .build();
        if (after.getCount() > 0) {
            reactions.put(reaction.emoji(), after);
        } else {
            reactions.remove(reaction.emoji());
        }
    }

    /** Returns what is read of it. */
    public ChatMessage toChat() {
        var chat = ChatMessages.place(message)
                .setChangedSequence(changedSequence)
                .setEditSequence(editSequence)
                .setRecalled(recalled);
        if (!recalled) {
            ChatMessages.asRead(chat, content).addAllReactions(reactions.values());
        }
        return chat.build();
    }
}
