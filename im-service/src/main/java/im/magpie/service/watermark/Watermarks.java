package im.magpie.service.watermark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import im.magpie.common.partition.Partitions;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembersByPartition;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.redis.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The watermarks in Redis, over those in MySQL that {@link WatermarkWriter} writes behind them.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link im.magpie.common.error.MagpieException} UNAVAILABLE when Redis
 * did not answer.
 */
public final class Watermarks {

    private static final Script RAISE = Script.ofPartition("watermark_raise");
    private static final Script READ = Script.ofPartition("watermark_read");

    private final PartitionScripts scripts;
    private final MembersByPartition members;
    private final MembershipMapper memberships;

    public Watermarks(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        this.scripts = scripts;
        this.members = new MembersByPartition(partitions);
        this.memberships = memberships;
    }

    /** Returns the watermark of each member. */
    public Map<Member, Watermark> of(Collection<Member> asked) {
        Map<Member, Watermark> found = new HashMap<>();
        var missing = new ArrayList<Member>();
        members.each(asked, (partition, chunk) -> {
            var values = scripts.run(
                            partition,
                            READ,
                            List.of("mark"),
                            chunk.stream().map(MembersByPartition::field).toList())
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

    /** These members have nothing to read up to a place. */
    public void begin(Collection<Member> some, long sequence, long ordinal) {
        if (!some.isEmpty()) {
            var mark = new Watermark(sequence, sequence, ordinal);
            raise(some.stream().map(member -> new Raise(member, mark)).toList());
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
            Collection<Member> some,
            Map<Member, Watermark> merged,
            Map<Member, Watermark> stored,
            List<Raised> raised) {
        var unseen = new ArrayList<Member>();
        members.each(some, (partition, chunk) -> {
            var arguments = new ArrayList<byte[]>();
            for (var member : chunk) {
                var to = merged.getOrDefault(member, Watermark.NONE);
                arguments.add(MembersByPartition.field(member));
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

    private Map<Member, Watermark> stored(List<Member> some) {
        var rows = some.isEmpty()
                ? Map.<Member, Watermark>of()
                : memberships.rows(some).stream().collect(toMap(row -> row.member(), Watermark::of));
        return some.stream().collect(toMap(m -> m, m -> rows.getOrDefault(m, Watermark.NONE)));
    }

    private static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
