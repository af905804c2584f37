package im.magpie.e2e.chaos;

import im.magpie.client.connection.Transport;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.e2e.app.App;
import im.magpie.e2e.cluster.Links;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Recorder;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Who takes part in a run: people, who writes to whom, and everybody's devices. */
final class Cast implements AutoCloseable {

    private static final int PEOPLE = 6;
    /** And so many more, who meet the others in groups alone. */
    private static final int FURTHER_PEOPLE = 4;

    private static final List<String> DEVICES = List.of("phone", "laptop");
    /** Every so manieth has another device, which he takes in the middle of the run. */
    private static final int WITH_ANOTHER = 2;

    private static final String ANOTHER = "tablet";
    /** Settings by which a group is as one of thousands is by those of a deployment: its members' indexes, pushes to nodes, notices. */
    static final String REACHES = "im.service.groups: {index-max-members: 3, push-max-members: 6}";

    /** In a circle, everybody writes to those who sit so far from him. */
    private static final List<Integer> DISTANCES = List.of(1, 3);

    private final Map<String, List<String>> conversations = new LinkedHashMap<>();
    private final List<Company> companies;
    private final List<App> apps = new ArrayList<>();
    private final List<App> late = new ArrayList<>();
    private final EventLoopGroup loops = Transport.newGroup(2);

    /**
     * Registers everybody.
     *
     * @param run names them, so that they meet nobody of another run
     */
    Cast(String run, Business business, Links links, Recorder recorder) {
        var everybody = IntStream.rangeClosed(1, PEOPLE + FURTHER_PEOPLE)
                .mapToObj(number -> "%s-%d".formatted(run, number))
                .toList();
        var users = everybody.subList(0, PEOPLE);
        for (var i = 0; i < users.size(); i++) {
            var way = new App.Way(Business.APP_ID, links::gateways, business.register(users.get(i)), loops);
            for (var device : DEVICES) {
                apps.add(new App(new DeviceName(users.get(i), device), way, recorder));
            }
            if (i % WITH_ANOTHER == 0) {
                late.add(new App(new DeviceName(users.get(i), ANOTHER), way, recorder));
            }
            for (var distance : DISTANCES) {
                introduce(users.get(i), users.get((i + distance) % users.size()), recorder);
            }
        }
        for (var user : everybody.subList(PEOPLE, everybody.size())) {
            var way = new App.Way(Business.APP_ID, links::gateways, business.register(user), loops);
            apps.add(new App(new DeviceName(user, DEVICES.getFirst()), way, recorder));
        }
        this.companies = companies(run, everybody);
        for (var company : companies) {
            recorder.record(at -> new Event.Founded(at, company.conversation(), everybody));
            conversations.put(company.conversation(), everybody);
        }
    }

    /** By {@link #REACHES} each of them crosses a bound as people come and go, or is beyond them all. */
    private static List<Company> companies(String run, List<String> everybody) {
        return List.of(
                new Company(group(run, "small"), everybody.get(0), everybody, false, 2, 5),
                new Company(group(run, "middle"), everybody.get(1), everybody, true, 4, 8),
                new Company(group(run, "large"), everybody.get(2), everybody, false, 8, 10));
    }

    private static String group(String run, String name) {
        return new ConversationId.OfGroup(run + "-" + name).toString();
    }

    /** Begins to make the groups. */
    void found() {
        for (var company : companies) {
            apps.stream()
                    .filter(app -> app.name().user().equals(company.owner()))
                    .findFirst()
                    .orElseThrow()
                    .found(company.conversation(), company.firstOthers(), company.openHistory());
        }
    }

    List<Company> companies() {
        return companies;
    }

    private void introduce(String one, String other, Recorder recorder) {
        conversations.computeIfAbsent(ConversationId.privateBetween(one, other).toString(), id -> {
            recorder.record(at -> new Event.Introduced(at, id, List.of(one, other)));
            return List.of(one, other);
        });
    }

    /** Returns the devices that are there from the beginning. */
    List<App> apps() {
        return apps;
    }

    /** Returns the devices that come later. */
    List<App> late() {
        return late;
    }

    /** Returns all devices. */
    List<App> all() {
        var all = new ArrayList<>(apps);
        all.addAll(late);
        return all;
    }

    /** Returns the conversations that a device is in. */
    List<String> conversationsOf(App app) {
        return conversations.entrySet().stream()
                .filter(entry -> entry.getValue().contains(app.name().user()))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<String> conversations() {
        return List.copyOf(conversations.keySet());
    }

    /** Returns the devices of the people in a conversation. */
    List<App> appsIn(String conversation) {
        return all().stream()
                .filter(app -> conversationsOf(app).contains(conversation))
                .toList();
    }

    @Override
    public void close() {
        all().forEach(App::leave);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
