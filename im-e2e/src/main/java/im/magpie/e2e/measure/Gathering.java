package im.magpie.e2e.measure;

import im.magpie.bench.business.Office;
import im.magpie.client.GatewayAddress;
import im.magpie.client.connection.Transport;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;

/** People who are online, in turns at each of the gateways, over a few threads for all of them. One thread uses it. */
public final class Gathering implements AutoCloseable {

    private static final int THREADS = 2;
    /** The server gives a login some seconds, and everybody comes at the same time here. */
    private static final int LOGINS_AT_ONCE = 32;

    private final Office office;
    private final List<GatewayAddress> gateways;
    private final EventLoopGroup loops = Transport.newGroup(THREADS);
    private final List<Online> all = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final LongAdder told = new LongAdder();

    public Gathering(Office office, List<GatewayAddress> gateways) {
        this.office = office;
        this.gateways = List.copyOf(gateways);
    }

    /** Returns when these users are online, and listen. */
    public void join(List<String> users) {
        members.addAll(enter(users, (user, gateway) -> new Member(office, user, gateway, loops)));
    }

    /** Returns when these users are online, and are told of what is new, but never ask for it. */
    void watch(List<String> users) {
        enter(users, (user, gateway) -> new Bystander(office, user, gateway, loops, told));
    }

    private <T extends Online> List<T> enter(List<String> users, BiFunction<String, GatewayAddress, T> login) {
        var come = new ArrayList<T>();
        var free = new Semaphore(LOGINS_AT_ONCE);
        for (var user : users) {
            free.acquireUninterruptibly();
            var comer = login.apply(user, gateways.get(all.size() % gateways.size()));
            all.add(comer);
            come.add(comer);
            var _ = comer.ready().whenComplete((_, _) -> free.release());
        }
        come.forEach(comer -> Patience.await("somebody to be online", comer.ready()));
        return come;
    }

    /** Returns those who listen, in the order in which they came. */
    List<Member> members() {
        return List.copyOf(members);
    }

    /** Returns how much those were told who never ask. */
    long told() {
        return told.sum();
    }

    /** Returns how often somebody has lost his connection. */
    int lost() {
        return all.stream().mapToInt(Online::connections).sum() - all.size();
    }

    @Override
    public void close() {
        all.forEach(Online::close);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
