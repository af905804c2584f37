package im.magpie.client;

import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a client works.
 *
 * @param account who logs in
 * @param gateways asked before a connection is made; a gateway is chosen by chance. May block
 * @param userSig asked before every login, for a JWT that has not expired. May block. One from before this device was
 *     signed out ends the client with USER_SIG_REVOKED: the user has to sign in again. What either supplier throws is
 *     taken for a passing trouble, but for a {@link RequestFailedException} with a code that does not pass, FORBIDDEN
 *     for one: it ends the client
 * @param store what the device remembers; called from the event loop, and closed with the client
 * @param listener hears what happens
 * @param initialHistory how many messages of a conversation that is new to this device are fetched when it is first
 *     heard of
 * @param timings how long it waits for what
 * @param tls null for plain TCP
 * @param eventLoops shared with other clients, over epoll or NIO; null for a thread of the client's own
 */
public record ClientOptions(
        Account account,
        Supplier<List<GatewayAddress>> gateways,
        Supplier<String> userSig,
        ClientStore store,
        ClientListener listener,
        int initialHistory,
        Timings timings,
        @Nullable SslContext tls,
        @Nullable EventLoopGroup eventLoops) {

    /**
     * Returns options with a store in memory, the last 100 messages of unknown conversations, and the default timings.
     */
    public static ClientOptions of(
            Account account,
            Supplier<List<GatewayAddress>> gateways,
            Supplier<String> userSig,
            ClientListener listener) {
        return new ClientOptions(
                account, gateways, userSig, new MemoryClientStore(), listener, 100, Timings.DEFAULT, null, null);
    }

    public ClientOptions withStore(ClientStore other) {
        return new ClientOptions(account, gateways, userSig, other, listener, initialHistory, timings, tls, eventLoops);
    }

    public ClientOptions withInitialHistory(int messages) {
        return new ClientOptions(account, gateways, userSig, store, listener, messages, timings, tls, eventLoops);
    }

    public ClientOptions withTimings(Timings other) {
        return new ClientOptions(account, gateways, userSig, store, listener, initialHistory, other, tls, eventLoops);
    }

    public ClientOptions withTls(SslContext context) {
        return new ClientOptions(
                account, gateways, userSig, store, listener, initialHistory, timings, context, eventLoops);
    }

    public ClientOptions withEventLoops(@Nullable EventLoopGroup shared) {
        return new ClientOptions(account, gateways, userSig, store, listener, initialHistory, timings, tls, shared);
    }
}
