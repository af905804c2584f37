package im.magpie.client.testing;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientState;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/** A listener that remembers what it hears. */
public final class Ears implements ClientListener {

    public final BlockingQueue<ChatMessage> messages = new LinkedBlockingQueue<>();
    public final BlockingQueue<ChatMessage> changed = new LinkedBlockingQueue<>();
    public final BlockingQueue<PersonalSettings> settings = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> typing = new LinkedBlockingQueue<>();
    public final BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
    public final BlockingQueue<ConversationEntry> conversations = new LinkedBlockingQueue<>();
    public final BlockingQueue<JoinRequest> joinRequests = new LinkedBlockingQueue<>();
    public final BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
    public final BlockingQueue<Kicked> kicks = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(ChatMessage message) {
        messages.add(message);
    }

    @Override
    public void onChanged(ChatMessage message) {
        changed.add(message);
    }

    @Override
    public void onSettings(String conversationId, PersonalSettings newer) {
        settings.add(newer);
    }

    @Override
    public void onTyping(String conversationId, String userId) {
        typing.add(userId);
    }

    @Override
    public void onReceipt(Receipt receipt) {
        receipts.add(receipt);
    }

    @Override
    public void onConversation(ConversationEntry conversation) {
        conversations.add(conversation);
    }

    @Override
    public void onJoinRequest(JoinRequest request) {
        joinRequests.add(request);
    }

    @Override
    public void onState(ClientState state) {
        states.add(state);
    }

    @Override
    public void onKicked(Kicked kicked) {
        kicks.add(kicked);
    }

    /** Returns the texts of the next messages. */
    public List<String> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ ->
                        Await.next(messages, "a message").getContent().getText().getText())
                .toList();
    }
}
