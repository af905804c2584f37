package im.magpie.e2e.measure;

import im.magpie.bench.business.Office;
import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.ClientState;
import im.magpie.client.GatewayAddress;
import im.magpie.client.MagpieClient;
import im.magpie.client.SentMessage;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A user who is online with one device, and looks at all that it shows. Safe for use by many threads. */
final class Member implements Online, ClientListener {

    private final String userId;
    private final Notes notes;
    private final MagpieClient client;
    private final AtomicInteger connections = new AtomicInteger();

    /** Begins to log in at a gateway. */
    Member(Office office, String userId, GatewayAddress gateway, EventLoopGroup loops) {
        this.userId = userId;
        this.notes = new Notes(userId);
        var account = new Account(Office.APP_ID, userId, ClientType.LINUX, "measured");
        this.client =
                MagpieClient.start(ClientOptions.of(account, () -> List.of(gateway), () -> office.userSig(userId), this)
                        // What was said before is of no interest.
                        .withInitialHistory(0)
                        .withEventLoops(loops));
    }

    @Override
    public CompletableFuture<Void> ready() {
        return client.ready();
    }

    @Override
    public int connections() {
        return connections.get();
    }

    String userId() {
        return userId;
    }

    Notes notes() {
        return notes;
    }

    CompletableFuture<SentMessage> says(String conversation, Talk.Line line) {
        return client.sendText(conversation, line.text());
    }

    /** Returns the private chat with another user. */
    String conversationWith(String other) {
        return client.conversationWith(other);
    }

    @Override
    public void onMessage(ChatMessage message) {
        notes.hear(message);
    }

    @Override
    public void onState(ClientState state) {
        if (state == ClientState.ONLINE) {
            connections.incrementAndGet();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
