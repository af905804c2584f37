package im.magpie.service.watermark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import im.magpie.common.partition.Partitions;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.redis.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The watermarks in Redis, over those in MySQL that {@link WatermarkWriter} writes behind them.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis
 * did not answer.
 */
public final class Watermarks {

    private static final Script RAISE = Script.ofPartition("watermark_raise");
    private static final Script READ = Script.ofPartition("watermark_read");
    private static final int ENTRIES_PER_SCRIPT = 500;

    private final PartitionScripts scripts;
    private final Partitions partitions;
    private final MembershipMapper memberships;

    public Watermarks(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        this.scripts = scripts;
        this.partitions = partitions;
        this.memberships = memberships;
    }

    /** Returns the watermark of each member. */
    public Map<Member, Watermark> of(Collection<Member> members) {
        Map<Member, Watermark> found = new HashMap<>();
        var missing = new ArrayList<Member>();
        byPartition(members, (partition, chunk) -> {
            var values = scripts.run(
                            partition,
                            READ,
                            List.of("mark"),
                            chunk.stream().map(member -> bytes(field(member))).toList())
                    .values();
            for (var i = 0; i < chunk.size(); i++) {
                var value = values.bytesOrNull(i);
                if (value == null) {
                    missing.add(chunk.get(i));
                } else {
                    found.put(chunk.get(i), Watermark.parse(new String(value, UTF_8)));
                }
            }
        });
        found.putAll(stored(missing));
        return found;
    }

    /** The messages at these sequences mention these members. */
    public void mention(Map<Member, Long> sequences) {
        var raises = new ArrayList<Raise>(sequences.size());
        sequences.forEach((member, sequence) -> raises.add(new Raise(member, new Watermark(0, 0, 0, sequence))));
        if (!raises.isEmpty()) {
            raise(raises);
        }
    }

    /** Raises watermarks. Several for one member are merged; the answer has one for each member. */
    List<Raised> raise(Collection<Raise> raises) {
        var merged = raises.stream().collect(toMap(Raise::member, Raise::to, Watermark::max));
        var raised = new ArrayList<Raised>();
        var unseen = raise(merged.keySet(), merged, Map.of(), raised);
        if (!unseen.isEmpty()) {
            raise(unseen, merged, stored(unseen), raised);
        }
        return raised;
    }

    /** Returns those that could not be raised because MySQL's part is missing. */
    private List<Member> raise(
            Collection<Member> members,
            Map<Member, Watermark> merged,
            Map<Member, Watermark> stored,
            List<Raised> raised) {
        var unseen = new ArrayList<Member>();
        byPartition(members, (partition, chunk) -> {
            var arguments = new ArrayList<byte[]>();
            for (var member : chunk) {
                var to = merged.getOrDefault(member, Watermark.NONE);
                arguments.add(bytes(field(member)));
                arguments.add(bytes(to.delivered()));
                arguments.add(bytes(to.read()));
                arguments.add(bytes(to.readOrdinal()));
                arguments.add(bytes(to.mentioned()));
                var known = stored.get(member);
                arguments.add(bytes(known == null ? "" : known.toString()));
            }
            var replies = scripts.run(partition, RAISE, List.of("mark", "dirty"), arguments)
                    .values();
            for (var i = 0; i < chunk.size(); i++) {
                var reply = replies.array(i);
                if (reply.number(0) == 0) {
                    unseen.add(chunk.get(i));
                } else {
                    var now = Watermark.parse(reply.text(3));
                    raised.add(new Raised(chunk.get(i), reply.number(1) == 1, reply.number(2) == 1, now));
                }
            }
        });
        return unseen;
    }

    private Map<Member, Watermark> stored(List<Member> members) {
        var rows = members.isEmpty()
                ? Map.<Member, Watermark>of()
                : memberships.rows(members).stream().collect(toMap(row -> row.member(), Watermark::of));
        return members.stream().collect(toMap(m -> m, m -> rows.getOrDefault(m, Watermark.NONE)));
    }

    private void byPartition(Collection<Member> members, BiConsumer<Partition, List<Member>> use) {
        new LinkedHashSet<>(members)
                .stream().collect(groupingBy(this::partitionOf)).forEach((partition, all) -> {
                    for (var from = 0; from < all.size(); from += ENTRIES_PER_SCRIPT) {
                        use.accept(partition, all.subList(from, Math.min(all.size(), from + ENTRIES_PER_SCRIPT)));
                    }
                });
    }

    private Partition partitionOf(Member member) {
        return Partition.ofUsers(
                partitions.ofUser(member.user().appId(), member.user().userId()));
    }

    static String field(Member member) {
        return member.user() + " " + member.conversationId();
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
