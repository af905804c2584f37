package im.magpie.e2e.app;

import im.magpie.client.RequestFailedException;
import im.magpie.client.SentMessage;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Place;
import im.magpie.e2e.history.Settings;
import im.magpie.e2e.history.State;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the SDK says, in the words of a history. */
public final class Records {

    /** Returns a message as an entry. */
    public static Entry entry(ChatMessage message) {
        return new Entry(
                message.getSequence(),
                message.getOrdinal(),
                message.getServerTime(),
                message.getSenderId(),
                name(message),
                message.getRecalled() ? new Body.Gone() : body(message.getContent()),
                message.getChangedSequence() == 0 ? null : state(message));
    }

    /** What the business system does to a group has no request of a device. */
    private static String name(ChatMessage message) {
        var request = message.getContent().getGroupEvent().getRequestId();
        return request.isEmpty()
                ? message.getClientMessageId()
                : UuidV7.fromBytes(request.toByteArray()).toString();
    }

    private static Body body(MessageContent content) {
        return switch (content.getKindCase()) {
            case RECALL -> new Body.Recall(content.getRecall().getSequence());
            case EDIT -> new Body.Edit(content.getEdit().getSequence());
            case REACTION -> {
                var reaction = content.getReaction();
                yield new Body.Reaction(reaction.getSequence(), reaction.getEmoji(), reaction.getRemoved());
            }
            case GROUP_EVENT -> happening(content.getGroupEvent());
            case TEXT, IMAGE, FILE, AUDIO, VIDEO, LOCATION, CARD, CUSTOM, KIND_NOT_SET -> new Body.Text(words(content));
        };
    }

    private static Body happening(GroupEvent event) {
        var version = event.getVersion();
        return switch (event.getWhatCase()) {
            case CREATED -> came(version, event.getCreated());
            case ADDED -> came(version, event.getAdded());
            case JOINED -> came(version, event.getJoined());
            case REMOVED ->
                new Body.Went(version, List.copyOf(event.getRemoved().getUserIdsList()));
            case LEFT -> new Body.Went(version, List.copyOf(event.getLeft().getUserIdsList()));
            case MUTED -> {
                var muted = event.getMuted().getMembers(0);
                yield new Body.Silenced(version, muted.getUserId(), muted.getMutedUntil() > 0);
            }
            case CHANGED -> new Body.Named(version, event.getChanged().getName());
            case APPOINTED, TRANSFERRED, RENAMED, DISSOLVED, RESIZED, WHAT_NOT_SET ->
                new Body.Other(version, event.getWhatCase().name());
        };
    }

    private static Body came(long version, MembersCame came) {
        return new Body.Came(version, List.copyOf(came.getUserIdsList()), came.getOpenHistory());
    }

    /** A text alone stands for itself. */
    private static String words(MessageContent content) {
        var text = content.getText().getText();
        return content.equals(Contents.text(text)) ? text : content.toString();
    }

    /** Which of the reactions are the reader's own is not the same for everybody, and what has no words any more has none of an edit. */
    private static State state(ChatMessage message) {
        var reactions = new TreeMap<String, Integer>();
        message.getReactionsList().forEach(reaction -> reactions.put(reaction.getEmoji(), reaction.getCount()));
        return new State(
                message.getChangedSequence(), message.getRecalled() ? 0 : message.getEditSequence(), reactions);
    }

    /** Returns messages as entries. */
    public static List<Entry> entries(Collection<ChatMessage> messages) {
        return messages.stream().map(Records::entry).toList();
    }

    /** A client that ends does not know what becomes of what it has not been answered: its successor offers that again. */
    public static Outcome outcome(@Nullable SentMessage sent, @Nullable Throwable why) {
        if (sent != null) {
            return new Outcome.Ok(new Place(sent.clientMessageId(), sent.sequence(), sent.serverTime()));
        }
        return why instanceof RequestFailedException failure && failure.code() != ErrorCode.UNAVAILABLE
                ? new Outcome.Fail(failure.code().name())
                : new Outcome.Unknown(String.valueOf(why));
    }

    /** Returns what came of a change of settings: a fault of the server's may have come behind it. */
    public static Outcome outcomeOfChange(@Nullable Throwable why) {
        if (why == null) {
            return new Outcome.Ok(null);
        }
        return why instanceof RequestFailedException failure
                        && failure.code() != ErrorCode.UNAVAILABLE
                        && failure.code() != ErrorCode.INTERNAL
                ? new Outcome.Fail(failure.code().name())
                : new Outcome.Unknown(String.valueOf(why));
    }

    /** Returns what came of a change of a group: while it is asked for again and refused, it may still be under way where it was asked for first. */
    public static Outcome outcomeOfGroup(@Nullable Throwable why) {
        return why == null ? new Outcome.Ok(null) : new Outcome.Unknown(String.valueOf(why));
    }

    /** Returns what a user has made of a conversation. */
    public static Settings settings(PersonalSettings settings) {
        return new Settings(
                settings.getVersion(),
                settings.getPinned(),
                settings.getMuted(),
                settings.getDraft(),
                settings.getDeletedUntil(),
                List.copyOf(settings.getDeletedList()));
    }

    private Records() {}
}
