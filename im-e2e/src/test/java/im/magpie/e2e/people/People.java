package im.magpie.e2e.people;

import im.magpie.client.Account;
import im.magpie.client.ClientListener;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.MagpieClient;
import im.magpie.codec.protocol.ClientType;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Recorder;
import im.magpie.e2e.network.Proxy;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.HttpApi;
import im.magpie.e2e.wire.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Everybody in one story. Their devices are closed with it. */
public final class People implements AutoCloseable {

    /** Stories share a system, but not their people. */
    private static final AtomicInteger BORN = new AtomicInteger();

    private final MagpieSystem system;
    private final List<Device> devices = new CopyOnWriteArrayList<>();
    private final Map<String, Couple> couples = new ConcurrentHashMap<>();
    private List<Proxy> ways = List.of();
    private Recorder recorder = new Recorder(new Nowhere(), 0, Duration.ZERO);

    public People(MagpieSystem system) {
        this.system = system;
    }

    /** All devices that sign in from now on, without a gateway being named, go through these proxies. */
    public void connectThrough(Proxy... proxies) {
        ways = List.of(proxies);
    }

    /** All devices that sign in from now on have what they do written down. */
    public void recordTo(Recorder history) {
        recorder = history;
    }

    Recorder recorder() {
        return recorder;
    }

    /** These two write to each other. */
    void introduce(Couple couple) {
        couples.computeIfAbsent(couple.conversation(), id -> {
            recorder.record(at -> new Event.Introduced(at, id, couple.userIds()));
            return couple;
        });
    }

    /** Returns those who have written to each other. */
    public List<Couple> couples() {
        return List.copyOf(couples.values());
    }

    /** Returns the devices of two people. */
    public List<Device> devicesOf(Couple couple) {
        return devices.stream().filter(device -> couple.has(device.owner())).toList();
    }

    /** Returns where a device may connect. */
    List<GatewayAddress> gateways() {
        return ways.isEmpty()
                ? system.addresses().gateways()
                : ways.stream()
                        .map(way ->
                                new GatewayAddress(way.address().getAddress().getHostAddress(), way.port()))
                        .toList();
    }

    /** Registers somebody new, whose user id begins with this name. */
    public Person person(String name) {
        return personCalled(name + "-" + BORN.incrementAndGet());
    }

    /** Registers somebody with exactly this user id, whom no other story may know. */
    public Person personCalled(String userId) {
        return Person.register(this, system, userId);
    }

    /** Registers users who never sign in, and returns their ids. */
    public List<String> absentees(int count) {
        var administration = HttpApi.at(system.addresses().service()).withToken(Tokens.admin(system.secret("app")));
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    var userId = "absent-" + BORN.incrementAndGet();
                    administration.put("/v1/users/" + userId, "{}").orFail();
                    return userId;
                })
                .toList();
    }

    /** Tries to log in with any credentials; completes as the client's login does. */
    public CompletableFuture<Void> logInWith(String app, String userId, String userSig) {
        var account = new Account(app, userId, ClientType.LINUX, "device");
        var client = MagpieClient.start(
                ClientOptions.of(account, () -> system.addresses().gateways(), () -> userSig, new ClientListener() {}));
        return client.ready().whenComplete((_, _) -> client.close());
    }

    /**
     * Returns what a future comes to.
     *
     * @throws RuntimeException what it failed with
     */
    public static <T> T outcome(CompletableFuture<T> future) {
        return Device.get(future);
    }

    Device keep(Device device) {
        devices.add(device);
        return device;
    }

    @Override
    public void close() {
        devices.forEach(Device::close);
    }

    /** Most stories are not written down. */
    private record Nowhere() implements Recorder.Sink {

        @Override
        public void write(Event event) {}

        @Override
        public void close() {}
    }
}
