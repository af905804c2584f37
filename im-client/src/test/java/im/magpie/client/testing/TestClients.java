package im.magpie.client.testing;

import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.RequestFailedException;
import im.magpie.client.connection.Timings;
import im.magpie.client.connection.Transport;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** Clients that lose no time, and what they talk about. */
public final class TestClients {

    public static final String CONVERSATION = "private_alice_bob";

    /** Long where nothing should happen by itself, short where it should. */
    public static final Timings QUICK = new Timings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMillis(2),
            Duration.ofMillis(20),
            Duration.ofMillis(5),
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofSeconds(30));

    private static final EventLoopGroup LOOPS = Transport.newGroup(1);

    /** Returns the options of alice's client. */
    public static ClientOptions alice(FakeGateway gateway, ClientListener listener) {
        return user("alice", gateway.address(), listener);
    }

    public static ClientOptions user(String userId, GatewayAddress gateway, ClientListener listener) {
        return on(
                new Account("demo", userId, ClientType.LINUX, userId + "-shell", "shell of " + userId),
                gateway,
                listener);
    }

    public static ClientOptions on(Account account, GatewayAddress gateway, ClientListener listener) {
        return ClientOptions.of(account, () -> List.of(gateway), () -> "sig of " + account.userId(), listener)
                .withTimings(QUICK)
                .withEventLoops(LOOPS);
    }

    /** Returns a message of bob's whose text is its sequence. */
    public static ChatMessage message(long sequence) {
        return message(CONVERSATION, sequence);
    }

    public static ChatMessage message(String conversationId, long sequence) {
        return ChatMessage.newBuilder()
                .setConversationId(conversationId)
                .setSenderId("bob")
                .setContent(text(Long.toString(sequence)))
                .setSequence(sequence)
                .setOrdinal(sequence)
                .build();
    }

    /** Returns bob's messages from one sequence to another. */
    public static ChatMessage[] messages(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(TestClients::message).toArray(ChatMessage[]::new);
    }

    public static MessageContent text(String text) {
        return MessageContent.newBuilder()
                .setText(TextContent.newBuilder().setText(text))
                .build();
    }

    /** Returns what a server refuses a request for. */
    public static ErrorCode codeOf(CompletableFuture<?> asked) {
        return ((RequestFailedException) Await.failure(asked)).code();
    }

    private TestClients() {}
}
