package im.magpie.tcp.group;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Command;
import im.magpie.common.broker.GroupMembers;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.SyncOutcome;
import im.magpie.common.rpc.UnindexedGroup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One group as the services have it, and a node with its connections. What is on its way to the node comes in any order, more than once, or never. Every message
 * that the node shows somebody is compared with who was a member.
 */
final class GroupModel {

    private static final String CONVERSATION = "group_here";
    private static final GroupName GROUP = new GroupName("app", CONVERSATION);
    private static final List<String> USERS =
            IntStream.range(0, 6).mapToObj(i -> "user" + i).toList();

    /** @param direct the connections that an event is for apart from the group; null for what is for the group */
    private record Packet(PushItem item, @Nullable List<Device> direct) {}

    /** What the services have said at one moment, on its way to the node. */
    private record Synced(Device device, SyncOutcome outcome, int raised) {}

    private record Answer(LocalMembers.Question question, Set<String> members) {}

    private final Random random;
    private final GroupMeters meters = new GroupMeters(new SimpleMeterRegistry());
    private final Notices notices = new Notices(Duration.ZERO, meters);
    private final GroupIndex index = new GroupIndex(notices, meters);

    /** Who is a member, by version. */
    private final List<Set<String>> members = new ArrayList<>();

    /** Whether the members' own indexes tell them, by version. */
    private final List<Boolean> indexed = new ArrayList<>();

    /** How often each user's own index was raised by a change of the group. */
    private final Map<String, Integer> raised = new HashMap<>();

    private final List<Packet> underWay = new ArrayList<>();
    private final List<Packet> repeatable = new ArrayList<>();
    private final List<Synced> syncs = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Device> devices = new ArrayList<>();
    private final Map<Device, Integer> syncedAt = new HashMap<>();
    private final Map<Device, Long> heard = new HashMap<>();
    private final Map<Device, Long> lastShown = new HashMap<>();
    private boolean enrolled;
    /** What is committed and is not in the timeline yet; null for nothing. */
    private @Nullable Set<String> committed;

    private boolean committedIndexed;
    private long sequence = 1;
    private long ids;
    private int shown;

    GroupModel(Random random) {
        this.random = random;
        members.add(Set.of());
        indexed.add(true);
        members.add(Set.copyOf(USERS.subList(0, 3)));
        indexed.add(false);
    }

    int shown() {
        return shown;
    }

    private int version() {
        return members.size() - 1;
    }

    private boolean isMember(Device device) {
        return members.getLast().contains(device.userId());
    }

    private List<Device> open() {
        return devices.stream().filter(device -> device.channel.isOpen()).toList();
    }

    private <T> @Nullable T any(List<T> some) {
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    /** Somebody says something. */
    void say() {
        say(anyWay());
    }

    private void say(Command command) {
        sequence++;
        publish(
                command,
                GroupMembers.newBuilder().setAppId("app").setVersion(version()).build(),
                List.of(),
                List.of());
    }

    private Command anyWay() {
        return random.nextInt(5) == 0 ? Command.NOTICE : Command.PUSH;
    }

    /** Commits a change, and later brings it into the timeline. */
    void change() {
        if (committed == null) {
            var next = new TreeSet<>(members.getLast());
            for (var user : USERS) {
                if (random.nextInt(4) == 0 && !next.remove(user)) {
                    next.add(user);
                }
            }
            committed = Set.copyOf(next);
            committedIndexed = random.nextInt(6) == 0 != indexed.getLast();
        } else {
            append(committed);
            committed = null;
        }
    }

    private void append(Set<String> next) {
        var before = members.getLast();
        var wasIndexed = indexed.getLast();
        members.add(next);
        indexed.add(committedIndexed);
        sequence++;
        var all = new TreeSet<>(before);
        all.addAll(next);
        // Who comes or goes hears of it by his own index, and all do where the way changes.
        var apart = all.stream()
                .filter(user -> wasIndexed || committedIndexed || before.contains(user) != next.contains(user))
                .toList();
        apart.forEach(user -> raised.merge(user, 1, Integer::sum));
        var gone = before.stream().filter(user -> !next.contains(user)).toList();
        publish(
                anyWay(),
                GroupMembers.newBuilder()
                        .setAppId("app")
                        .setVersion(version())
                        .setEvent(true)
                        .addAllGone(gone)
                        .build(),
                apart,
                gone);
    }

    private void publish(Command command, GroupMembers to, List<String> apart, List<String> gone) {
        var item = PushItem.newBuilder()
                .setCommand(command.getNumber())
                .setConversationId(CONVERSATION)
                .setSequence(sequence);
        if (indexed.getLast()) {
            // Whoever is not reached is told by his index.
            open().stream().filter(this::isMember).forEach(device -> hears(device, sequence));
            return;
        }
        var comers = open().stream()
                .filter(device -> apart.contains(device.userId()) && !gone.contains(device.userId()))
                .toList();
        if (!comers.isEmpty()) {
            send(new Packet(item.clone().setMembersSince(to.getVersion()).build(), comers));
        }
        if (enrolled) {
            send(new Packet(item.setMembers(to).build(), null));
        }
    }

    private void send(Packet packet) {
        underWay.add(packet);
        repeatable.add(packet);
    }

    /** Mostly in order. */
    void bringSomething() {
        if (!underWay.isEmpty()) {
            bring(underWay.remove(random.nextInt(4) == 0 ? random.nextInt(underWay.size()) : 0));
        }
    }

    void loseSomething() {
        if (!underWay.isEmpty()) {
            underWay.remove(random.nextInt(underWay.size()));
        }
    }

    void repeatSomething() {
        var packet = any(repeatable);
        if (packet != null) {
            underWay.add(packet);
        }
    }

    private void bring(Packet packet) {
        var item = packet.item();
        if (packet.direct() != null) {
            packet.direct().stream().filter(device -> device.channel.isOpen()).forEach(device -> {
                index.entered(device.connection, item);
                hears(device, item.getSequence());
            });
            return;
        }
        var version = Math.toIntExact(item.getMembers().getVersion());
        for (var connection : index.recipients(item)) {
            var device = devices.stream()
                    .filter(one -> one.connection.equals(connection))
                    .findAny()
                    .orElseThrow();
            assertThat(members.get(version))
                    .as("members at version %d of what is shown at %d", version, item.getSequence())
                    .contains(device.userId());
            shown++;
            lastShown.merge(device, item.getSequence(), Math::max);
            hears(device, item.getSequence());
        }
    }

    private void hears(Device device, long place) {
        heard.merge(device, place, Math::max);
    }

    /** A device, new or not, asks; the services have its answer from this moment. */
    void beginSync() {
        var device = random.nextInt(3) == 0 ? any(open()) : null;
        if (device == null) {
            device = new Device(++ids, USERS.get(random.nextInt(USERS.size())));
            devices.add(device);
        }
        read(device);
    }

    private void read(Device device) {
        var now = committed == null ? members.getLast() : committed;
        var unindexed = committed == null ? !indexed.getLast() : !committedIndexed;
        var outcome = SyncOutcome.newBuilder();
        if (unindexed && now.contains(device.userId())) {
            outcome.addGroups(UnindexedGroup.newBuilder()
                    .setConversationId(CONVERSATION)
                    .setVersion(version() + (committed == null ? 0 : 1))
                    .setNewestSequence(sequence));
        }
        syncs.add(new Synced(device, outcome.build(), raised.getOrDefault(device.userId(), 0)));
    }

    void endSync() {
        if (!syncs.isEmpty()) {
            end(syncs.remove(random.nextInt(syncs.size())));
        }
    }

    private void end(Synced synced) {
        index.synced(synced.device().connection, synced.outcome());
        synced.outcome().getGroupsList().forEach(group -> hears(synced.device(), group.getNewestSequence()));
        syncedAt.merge(synced.device(), synced.raised(), Math::max);
    }

    void close() {
        var device = any(open());
        if (device != null) {
            device.channel.close();
        }
    }

    void ask() {
        if (index.doubted().poll() != null) {
            var question = index.question(GROUP);
            if (question != null) {
                var then = at(Math.toIntExact(question.version()));
                answers.add(new Answer(
                        question,
                        question.userIds().stream().filter(then::contains).collect(Collectors.toSet())));
            }
        }
    }

    /** A version may be committed and not be in the timeline yet. */
    private Set<String> at(int version) {
        return version > version() && committed != null ? committed : members.get(version);
    }

    void answer() {
        if (!answers.isEmpty()) {
            var answer = answers.removeFirst();
            index.answer(GROUP, answer.question(), answer.members());
        }
    }

    /** What is settled before it is told at once; what is settled later finds the node. */
    void enrol() {
        if (index.begun().poll() != null) {
            enrolled = true;
            index.catchUp(GROUP, sequence);
            drop();
        }
    }

    private void drop() {
        if (indexed.getLast()) {
            index.indexed(GROUP, version());
        }
    }

    /** Redis is lost, or the lease ends. */
    void forgetNode() {
        enrolled = false;
    }

    /** Nothing more happens, everything that repeats by itself is repeated, and all that comes is there. */
    void quiesce() {
        if (committed != null) {
            change();
        }
        while (!underWay.isEmpty() || !syncs.isEmpty()) {
            bringSomething();
            endSync();
        }
        // Heartbeats tell devices that their own index was raised.
        open().stream()
                .filter(device -> syncedAt.getOrDefault(device, -1) < raised.getOrDefault(device.userId(), 0))
                .forEach(this::read);
        while (!syncs.isEmpty()) {
            endSync();
        }
        enrolled = true;
        index.begun().clear();
        index.catchUp(GROUP, sequence);
        drop();
        settleDoubts();
        hearNotices();
        assertThatAllHaveHeard();
        assertThatMembersAreShownWhatFollows();
    }

    private void settleDoubts() {
        while (!index.doubted().isEmpty() || !answers.isEmpty()) {
            ask();
            answer();
        }
    }

    private void hearNotices() {
        notices.flush();
        open().forEach(device -> device.notices().stream()
                .flatMap(List::stream)
                .forEach(position -> hears(device, position.getSequence())));
    }

    private void assertThatAllHaveHeard() {
        if (!indexed.getLast()) {
            assertThat(open().stream().filter(this::isMember))
                    .allSatisfy(device -> assertThat(heard.getOrDefault(device, 0L))
                            .as(device.userId())
                            .isEqualTo(sequence));
        }
    }

    /** One more message finds everybody, by itself or by what it leads to, and the next one is shown to all. */
    private void assertThatMembersAreShownWhatFollows() {
        for (var i = 0; i < 2; i++) {
            say(Command.PUSH);
            while (!underWay.isEmpty()) {
                bringSomething();
            }
            settleDoubts();
            hearNotices();
            assertThatAllHaveHeard();
        }
        if (!indexed.getLast()) {
            assertThat(open().stream().filter(this::isMember))
                    .allSatisfy(device -> assertThat(lastShown.getOrDefault(device, 0L))
                            .as(device.userId())
                            .isEqualTo(sequence));
        }
    }
}
