package im.magpie.service.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import im.magpie.codec.protocol.IndexVersion;
import im.magpie.common.partition.Partitions;
import im.magpie.common.user.UserKey;
import im.magpie.service.epoch.EpochReply;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.redis.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of what changed for each user. An entry is a conversation and the version at which something in it last changed; what
 * changed is read from the conversation itself. Soft: built from MySQL when a user's device first asks in an epoch, or for the first
 * time since {@link IdleUsers} let the user go.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis
 * did not answer: what was asked may have been done then, and may be repeated.
 */
public final class UserIndexes {

    private static final Logger log = LoggerFactory.getLogger(UserIndexes.class);
    private static final Script RAISE = Script.ofPartition("index", "index_raise");
    private static final List<String> RAISE_KEYS = List.of("version", "moved", "newest", "session", "index:");
    private static final Script PAGE = Script.ofPartition("index", "index_page");
    private static final Script BUILD = Script.ofPartition("index", "index_build");
    private static final int ENTRIES_PER_SCRIPT = 500;
    /** Where the entries begin in the reply for a page. */
    private static final int ENTRIES_AT = 4;

    private final PartitionScripts scripts;
    private final Partitions partitions;
    private final MembershipMapper memberships;

    public UserIndexes(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        this.scripts = scripts;
        this.partitions = partitions;
        this.memberships = memberships;
    }

    /** Gives each touched conversation its user's next version. Returns where the devices of these users are. */
    public Map<UserKey, List<DeviceRoute>> raise(Collection<Touch> touches) {
        return raise(touches, Set.of());
    }

    /** Returns where the devices of these users are. */
    public Map<UserKey, List<DeviceRoute>> routes(Collection<UserKey> users) {
        return raise(Set.of(), users);
    }

    /** Gives each touched conversation its user's next version. Returns where the devices of these users are, and of some others. */
    public Map<UserKey, List<DeviceRoute>> raise(Collection<Touch> touches, Collection<UserKey> others) {
        Map<UserKey, Set<String>> byUser = new LinkedHashMap<>();
        Set<UserKey> moved = new HashSet<>();
        touches.forEach(touch -> {
            byUser.computeIfAbsent(touch.user(), _ -> new LinkedHashSet<>()).add(touch.conversationId());
            if (touch.moves()) {
                moved.add(touch.user());
            }
        });
        others.forEach(user -> byUser.putIfAbsent(user, Set.of()));
        return raise(byUser, moved);
    }

    /** Returns up to limit of the conversations that changed for a user since a version, the longest unchanged first. */
    public IndexPage page(UserKey user, IndexVersion since, int limit) {
        var reply = readPage(user, since, limit + 1);
        while (reply.values().number(0) == 0) {
            build(user, reply.epoch());
            reply = readPage(user, since, limit + 1);
        }
        return page(reply, limit);
    }

    private Map<UserKey, List<DeviceRoute>> raise(Map<UserKey, Set<String>> byUser, Set<UserKey> moved) {
        Map<UserKey, List<DeviceRoute>> routes = new HashMap<>();
        byUser.keySet().stream()
                .collect(groupingBy(user -> partitions.ofUser(user.appId(), user.userId())))
                .forEach((partition, users) -> {
                    for (var chunk : chunks(users, byUser)) {
                        raise(Partition.ofUsers(partition), chunk, byUser, moved, routes);
                    }
                });
        return routes;
    }

    private void raise(
            Partition partition,
            List<UserKey> users,
            Map<UserKey, Set<String>> byUser,
            Set<UserKey> moved,
            Map<UserKey, List<DeviceRoute>> routes) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(bytes(users.size()));
        for (var user : users) {
            var conversations = byUser.getOrDefault(user, Set.of());
            arguments.add(bytes(user.toString()));
            arguments.add(bytes(moved.contains(user) ? 1 : 0));
            arguments.add(bytes(conversations.size()));
            conversations.forEach(conversation -> arguments.add(bytes(conversation)));
        }
        var sessions = scripts.run(partition, RAISE, RAISE_KEYS, arguments).values();
        for (var i = 0; i < users.size(); i++) {
            routes.put(users.get(i), SessionField.routes(users.get(i), sessions.text(i)));
        }
    }

    private EpochReply readPage(UserKey user, IndexVersion since, int limit) {
        return scripts.run(
                partitionOf(user),
                PAGE,
                List.of("version", "start", indexKey(user), "moved", "newest"),
                List.of(bytes(user.toString()), bytes(since.getEpoch()), bytes(since.getCounter()), bytes(limit)));
    }

    private static IndexPage page(EpochReply reply, int limit) {
        var values = reply.values();
        var entries = (values.size() - ENTRIES_AT) / 2;
        var more = entries > limit;
        var conversations = new ArrayList<String>();
        for (var i = 0; i < Math.min(entries, limit); i++) {
            conversations.add(values.text(ENTRIES_AT + 2 * i));
        }
        var counter = more ? values.number(ENTRIES_AT - 1 + 2 * limit) : values.number(2);
        var version = IndexVersion.newBuilder()
                .setEpoch(reply.epoch())
                .setCounter(counter)
                .build();
        return new IndexPage(version, values.number(1) == 1, List.copyOf(conversations), more, values.number(3));
    }

    /** Builds within one epoch; where that ends meanwhile, the next page finds the index unbuilt again. */
    private void build(UserKey user, long epoch) {
        try {
            buildIn(epoch, user);
        } catch (StaleEpochException e) {
            log.debug("The index of {} is built anew", user, e);
        }
    }

    private void buildIn(long epoch, UserKey user) {
        var after = "";
        List<String> conversations;
        do {
            conversations = memberships.conversationsOf(user.appId(), user.userId(), after, ENTRIES_PER_SCRIPT);
            var last = conversations.size() < ENTRIES_PER_SCRIPT;
            var arguments = new ArrayList<byte[]>();
            arguments.add(bytes(user.toString()));
            arguments.add(bytes(last ? 1 : 0));
            conversations.forEach(conversation -> arguments.add(bytes(conversation)));
            scripts.runIn(partitionOf(user), epoch, BUILD, List.of("version", "start", indexKey(user)), arguments);
            after = conversations.isEmpty() ? after : conversations.getLast();
        } while (conversations.size() == ENTRIES_PER_SCRIPT);
    }

    /** Cuts users into scripts by the entries they ask for; a single user with more goes alone. */
    private static List<List<UserKey>> chunks(List<UserKey> users, Map<UserKey, Set<String>> byUser) {
        var chunks = new ArrayList<List<UserKey>>();
        var entries = ENTRIES_PER_SCRIPT;
        for (var user : users) {
            var more = 1 + byUser.getOrDefault(user, Set.of()).size();
            if (entries + more > ENTRIES_PER_SCRIPT) {
                chunks.add(new ArrayList<>());
                entries = 0;
            }
            chunks.getLast().add(user);
            entries += more;
        }
        return chunks;
    }

    private Partition partitionOf(UserKey user) {
        return Partition.ofUsers(partitions.ofUser(user.appId(), user.userId()));
    }

    private static String indexKey(UserKey user) {
        return "index:" + user;
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
