package im.magpie.e2e.away;

import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.MagpieClient;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ClientType;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Tokens;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Many people who write to one. */
public final class Writers implements AutoCloseable {

    private static final int UNDER_WAY = 500;

    private final Person reader;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<String> userIds = new ArrayList<>();
    private final List<MagpieClient> clients = new ArrayList<>();
    private final Semaphore free = new Semaphore(UNDER_WAY);

    /** Has so many people sign in. */
    public Writers(MagpieSystem system, Person reader, int count) {
        this.reader = reader;
        for (var i = 0; i < count; i++) {
            var userId = "%s-writer-%d".formatted(reader.userId(), i);
            reader.administration().put("/v1/users/" + userId, "{}").orFail();
            var userSig = Tokens.userSig(system.secret("app"), Tokens.APP, userId, Duration.ofHours(1));
            var account = new Account(Tokens.APP, userId, ClientType.WEB, "browser");
            userIds.add(userId);
            clients.add(MagpieClient.start(ClientOptions.of(
                            account, () -> system.addresses().gateways(), () -> userSig, new ClientListener() {})
                    .withEventLoops(loops)));
        }
        clients.forEach(client -> People.outcome(client.ready()));
    }

    /** Each says so many things. Returns when all of them are acknowledged. */
    public void write(int messagesEach) {
        var sent = new ArrayList<CompletableFuture<?>>();
        for (var number = 1; number <= messagesEach; number++) {
            for (var i = 0; i < clients.size(); i++) {
                free.acquireUninterruptibly();
                var conversation = ConversationId.privateBetween(userIds.get(i), reader.userId())
                        .toString();
                sent.add(clients.get(i)
                        .sendText(conversation, "%d, and some more words that one writes".formatted(number))
                        .whenComplete((_, _) -> free.release()));
            }
        }
        sent.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        clients.forEach(MagpieClient::close);
        loops.shutdownGracefully();
    }
}
