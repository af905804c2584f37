package im.magpie.service.personal;

import static java.util.stream.Collectors.toMap;

import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.service.cache.Database;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembersByPartition;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.redis.Script;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Everybody's settings: written to MySQL, and read from Redis, which takes from MySQL what it does not have.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link MagpieException} UNAVAILABLE when Redis or MySQL did not answer.
 */
public final class SettingsTable {

    private static final Script READ = Script.ofPartition("settings_read");
    private static final Script KEEP = Script.ofPartition("settings_keep");
    private static final List<String> KEYS = List.of("settings");

    private final PartitionScripts scripts;
    private final MembersByPartition members;
    private final SettingsMapper mapper;
    private final MembershipMapper memberships;
    private final TransactionOperations transactions;
    private final Database database;

    public SettingsTable(
            PartitionScripts scripts,
            Partitions partitions,
            SettingsMapper mapper,
            MembershipMapper memberships,
            TransactionOperations transactions,
            Database database) {
        this.scripts = scripts;
        this.members = new MembersByPartition(partitions);
        this.mapper = mapper;
        this.memberships = memberships;
        this.transactions = transactions;
        this.database = database;
    }

    /** Returns the settings of each member; the default ones of who has made none. */
    public Map<Member, PersonalSettings> of(Collection<Member> asked) {
        Map<Member, PersonalSettings> found = new HashMap<>();
        var missing = new ArrayList<Member>();
        members.each(asked, (partition, chunk) -> {
            var fields = chunk.stream().map(MembersByPartition::field).toList();
            var values = scripts.run(partition, READ, KEYS, fields).values();
            for (var i = 0; i < chunk.size(); i++) {
                var value = values.bytesOrNull(i);
                if (value == null) {
                    missing.add(chunk.get(i));
                } else {
                    found.put(chunk.get(i), SettingsRow.parse(value));
                }
            }
        });
        if (!missing.isEmpty()) {
            var stored = stored(missing);
            keep(stored);
            found.putAll(stored);
        }
        return found;
    }

    /**
     * Changes a member's settings.
     *
     * @param change may throw what is wrong with it
     * @return the settings then
     */
    PersonalSettings change(Member member, UnaryOperator<PersonalSettings> change) {
        var changed = database.require(() -> {
            memberships.insertMissing(List.of(member));
            return Objects.requireNonNull(transactions.execute(_ -> {
                var before = mapper.lock(member).settings();
                var after = change.apply(before);
                if (after.getVersion() > before.getVersion()) {
                    mapper.update(member, after.toByteArray());
                }
                return after;
            }));
        });
        keep(Map.of(member, changed));
        return changed;
    }

    /** Leaves nothing of a member's settings but how often they were changed. */
    public void forget(Member member) {
        change(member, before -> before.equals(only(before.getVersion())) ? before : only(before.getVersion() + 1));
    }

    private static PersonalSettings only(long version) {
        return PersonalSettings.newBuilder().setVersion(version).build();
    }

    private Map<Member, PersonalSettings> stored(List<Member> missing) {
        var rows = database.require(() -> mapper.rows(missing)).stream()
                .collect(toMap(SettingsRow::member, SettingsRow::settings));
        return missing.stream()
                .collect(toMap(m -> m, m -> rows.getOrDefault(m, PersonalSettings.getDefaultInstance())));
    }

    /** Two that keep settings at the same time do so in any order: the higher version stays. */
    private void keep(Map<Member, PersonalSettings> settings) {
        members.each(settings.keySet(), (partition, chunk) -> {
            var arguments = new ArrayList<byte[]>();
            for (var member : chunk) {
                var encoded = Objects.requireNonNull(settings.get(member));
                arguments.add(MembersByPartition.field(member));
                arguments.add(ByteBuffer.allocate(Long.BYTES)
                        .putLong(encoded.getVersion())
                        .array());
                arguments.add(encoded.toByteArray());
            }
            scripts.run(partition, KEEP, KEYS, arguments);
        });
    }
}
