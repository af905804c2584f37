package im.magpie.client.cli;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientState;
import im.magpie.client.MagpieClient;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shows what happens to a user: messages, marks, the connection. What is shown of the open conversation counts as read.
 * Safe for use by many threads.
 */
final class Chat implements ClientListener {

    private final String me;
    private final Console console;
    private final Map<String, Ticks> ticks = new HashMap<>();
    private final Map<String, Long> unread = new TreeMap<>();
    private final GroupNames names = new GroupNames();
    private final Nicknames nicknames = new Nicknames();
    private @Nullable MagpieClient client;
    private @Nullable String open;
    private boolean lost;
    private boolean ended;

    Chat(String me, Console console) {
        this.me = me;
        this.console = console;
    }

    /** This is whose messages are shown. */
    synchronized void attach(MagpieClient shown) {
        client = shown;
        names.ask(shown.groups());
    }

    /** Returns what groups are called. */
    GroupNames names() {
        return names;
    }

    /** Opens a conversation: from now on it is read as it comes, and so is everything up to a sequence. */
    synchronized void open(MagpieClient reader, String conversationId, long sequence) {
        client = reader;
        open = conversationId;
        unread.remove(conversationId);
        if (sequence > 0) {
            reader.read(conversationId, sequence);
        }
    }

    /** Returns how many messages nobody has looked at, by conversation. */
    synchronized Map<String, Long> unread() {
        return new TreeMap<>(unread);
    }

    /** Returns whether the client has ended: by itself, or because the server does not want it. */
    synchronized boolean ended() {
        return ended;
    }

    @Override
    public synchronized void onMessage(ChatMessage message) {
        var conversation = message.getConversationId();
        var isOpen = conversation.equals(open);
        if (message.getContent().hasGroupEvent()) {
            onEvent(message, isOpen);
            return;
        }
        var place = isOpen ? "" : "[" + nameOf(conversation) + "] ";
        if (message.getSenderId().equals(me)) {
            var tick = ticksOf(conversation).sent(message.getSequence(), MessageText.of(message));
            console.print(place + Times.time(message.getServerTime()) + " " + tick);
            return;
        }
        console.print(place + line(message) + (mentionsMe(message) ? " (you are mentioned)" : ""));
        if (isOpen && client != null) {
            client.read(conversation, message.getSequence());
        } else {
            unread.merge(conversation, 1L, Long::sum);
        }
    }

    /** Returns a message as it is shown to the user. */
    String line(ChatMessage message) {
        return MessageText.line(message, nicknames.senderOf(message));
    }

    /** Shows, or does not show, what members of a group are called in it. */
    synchronized void showNicknames(String conversationId, boolean wanted) {
        if (client != null) {
            nicknames.show(conversationId, wanted, client.groups());
        }
    }

    @Override
    public void onSettings(String conversationId, PersonalSettings settings) {
        showNicknames(conversationId, settings.getShowNicknames());
    }

    /** Nobody has to read it. */
    private void onEvent(ChatMessage message, boolean isOpen) {
        if (client != null) {
            names.hear(message, client.groups());
        }
        nicknames.hear(message);
        if (MessageText.isShown(message)) {
            var place = isOpen ? "" : "[" + nameOf(message.getConversationId()) + "] ";
            console.print(place + line(message));
        }
    }

    private boolean mentionsMe(ChatMessage message) {
        var content = message.getContent();
        return content.getMentionsAll() || content.getMentionedUserIdsList().contains(me);
    }

    @Override
    public synchronized void onChanged(ChatMessage message) {
        var conversation = message.getConversationId();
        var place = conversation.equals(open) ? "" : "[" + nameOf(conversation) + "] ";
        console.print("%s-- #%d is now %s".formatted(place, message.getSequence(), line(message)));
    }

    @Override
    public synchronized void onReceipt(Receipt receipt) {
        // In a group the marks would say nothing of who it was.
        if (receipt.getUserId().equals(me) || ConversationId.isOfGroup(receipt.getConversationId())) {
            return;
        }
        raise(receipt.getConversationId(), receipt.getDeliveredSequence(), receipt.getReadSequence());
    }

    @Override
    public synchronized void onJoinRequest(JoinRequest request) {
        var group = names.of(request.getGroupId());
        var line = request.getUserId().equals(me) ? ofOwn(request, group) : ofOther(request, group);
        if (!line.isEmpty()) {
            console.print("-- " + MessageText.harmless(line));
        }
    }

    private static String ofOwn(JoinRequest request, String group) {
        return switch (request.getState()) {
            case ASKED -> "you have asked to come into %s; an admin decides about it".formatted(group);
            case LET_IN -> "you are let into %s".formatted(group);
            case TURNED_AWAY -> "you are turned away from %s".formatted(group);
            case JOIN_REQUEST_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    /** Of who is let in the group's own event tells. */
    private static String ofOther(JoinRequest request, String group) {
        return switch (request.getState()) {
            case ASKED ->
                "%s asks to come into %s: %s (/group accept, or deny, %s)"
                        .formatted(request.getUserId(), group, request.getMessage(), request.getUserId());
            case TURNED_AWAY -> "%s is turned away from %s".formatted(request.getUserId(), group);
            case LET_IN, JOIN_REQUEST_STATE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    @Override
    public synchronized void onConversation(ConversationEntry conversation) {
        var id = conversation.getConversationId();
        raise(id, conversation.getPeerDeliveredSequence(), conversation.getPeerReadSequence());
        var left = conversation.getNewestOrdinal() - conversation.getReadOrdinal();
        if (left > 0 && !id.equals(open)) {
            unread.put(id, left);
        } else {
            unread.remove(id);
        }
    }

    private void raise(String conversation, long delivered, long read) {
        ticksOf(conversation).raise(delivered, read).forEach(line -> console.print("      " + line));
    }

    @Override
    public synchronized void onState(ClientState state) {
        switch (state) {
            case ONLINE -> {
                if (lost) {
                    console.print("-- connected again");
                }
                lost = false;
            }
            case CONNECTING -> {
                console.print("-- the connection is lost; trying again");
                lost = true;
            }
            case CLOSED -> ended = true;
        }
    }

    @Override
    public synchronized void onKicked(Kicked kicked) {
        var by = kicked.getByDeviceId().isEmpty() ? "" : " (%s)".formatted(DeviceList.id(kicked));
        var why = switch (kicked.getReason()) {
            case SUPERSEDED -> "you have signed in elsewhere" + by;
            case SIGNED_OUT -> "this device has been signed out" + by;
            case DISABLED -> "you have been disabled";
            case KICK_REASON_UNSPECIFIED, UNRECOGNIZED -> "it does not say why";
        };
        console.print("-- the server has ended this session: " + why);
    }

    private Ticks ticksOf(String conversation) {
        return ticks.computeIfAbsent(conversation, _ -> new Ticks());
    }

    /** Returns with whom a conversation is, or what its group is called. */
    String nameOf(String conversation) {
        try {
            return switch (ConversationId.parse(conversation)) {
                case ConversationId.OfTwo two -> two.peerOf(me);
                case ConversationId.OfGroup(var groupId) -> names.of(groupId);
            };
        } catch (IllegalArgumentException _) {
            return conversation;
        }
    }
}
