package im.magpie.client.testing;

import im.magpie.client.MagpieClient;
import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.codec.protocol.ChatMessage;
import java.util.List;

/** One person's device, which may be put away and taken out again: it keeps its store. */
public final class Phone {

    public final String owner;
    public final Ears ears = new Ears();
    private final MiniMagpie magpie;
    public final ClientStore store = new MemoryClientStore();
    public MagpieClient client;

    public Phone(String owner, MiniMagpie magpie) {
        this.owner = owner;
        this.magpie = magpie;
        this.client = start();
    }

    private MagpieClient start() {
        var options = TestClients.user(owner, magpie.nodes().getFirst(), ears);
        return MagpieClient.start(options.withStore(store).withInitialHistory(Integer.MAX_VALUE));
    }

    public void restart() {
        client.close();
        client = start();
    }

    /** Returns the sequences of what it was told, in that order. */
    public List<Long> heard() {
        return ears.messages.stream().map(ChatMessage::getSequence).toList();
    }

    /** Returns the sequences of what its owner may read of a conversation. */
    public List<Long> mayRead(String conversationId) {
        return magpie.read(owner, conversationId).stream()
                .map(ChatMessage::getSequence)
                .toList();
    }
}
