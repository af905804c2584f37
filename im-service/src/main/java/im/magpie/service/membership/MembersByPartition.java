package im.magpie.service.membership;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import im.magpie.common.partition.Partitions;
import im.magpie.service.epoch.Partition;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiConsumer;

/** Hands members to scripts: those of one partition together, and only so many that a script stays short. */
public final class MembersByPartition {

    private static final int MEMBERS_PER_SCRIPT = 500;

    private final Partitions partitions;

    public MembersByPartition(Partitions partitions) {
        this.partitions = partitions;
    }

    /** Hands over each member once, however often it is named. */
    public void each(Collection<Member> members, BiConsumer<Partition, List<Member>> script) {
        new LinkedHashSet<>(members)
                .stream().collect(groupingBy(this::partitionOf)).forEach((partition, all) -> {
                    for (var from = 0; from < all.size(); from += MEMBERS_PER_SCRIPT) {
                        script.accept(partition, all.subList(from, Math.min(all.size(), from + MEMBERS_PER_SCRIPT)));
                    }
                });
    }

    /** Returns the name of a member within the hashes of a partition. */
    public static byte[] field(Member member) {
        return (member.user() + " " + member.conversationId()).getBytes(UTF_8);
    }

    private Partition partitionOf(Member member) {
        return Partition.ofUsers(
                partitions.ofUser(member.user().appId(), member.user().userId()));
    }
}
