package im.magpie.service.watermark;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.membership.MembershipRow;
import im.magpie.service.redis.Script;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Writes risen watermarks to MySQL, behind Redis. What is yet to be written is a set in the user's partition, so any im-service writes
 * what another one raised; two that write the same do no harm, because rows only rise.
 */
public final class WatermarkWriter {

    private static final Logger log = LoggerFactory.getLogger(WatermarkWriter.class);
    private static final Script DIRTY = Script.ofPartition("watermark_dirty");
    private static final Script CLEAN = Script.ofPartition("watermark_clean");
    private static final int BATCH = 500;
    private static final int BATCHES = 20;

    private final PartitionScripts scripts;
    private final Partitions partitions;
    private final MembershipMapper memberships;

    public WatermarkWriter(PartitionScripts scripts, Partitions partitions, MembershipMapper memberships) {
        this.scripts = scripts;
        this.partitions = partitions;
        this.memberships = memberships;
    }

    /** Writes what has risen until now, within a bound. What can't be written now stays for the next time. */
    @Scheduled(fixedDelayString = "${im.service.watermark-write-interval:1s}")
    public void write() {
        for (var partition = 0; partition < partitions.users(); partition++) {
            try {
                var batches = 1;
                while (writeBatch(Partition.ofUsers(partition)) == BATCH && batches < BATCHES) {
                    batches++;
                }
            } catch (MagpieException | DataAccessException e) {
                log.warn("Watermarks of user partition {} are written later: {}", partition, e.toString());
            }
        }
    }

    private int writeBatch(Partition partition) {
        var keys = List.of("mark", "dirty");
        var dirty = scripts.run(
                partition, DIRTY, keys, List.of(Integer.toString(BATCH).getBytes(UTF_8)));
        var values = dirty.values();
        if (values.size() == 0) {
            return 0;
        }
        var rows = new ArrayList<MembershipRow>();
        var written = new ArrayList<byte[]>();
        for (var i = 0; i < values.size(); i += 2) {
            rows.add(row(values.text(i), Watermark.parse(values.text(i + 1))));
            written.add(values.bytes(i));
            written.add(values.bytes(i + 1));
        }
        memberships.raise(rows);
        try {
            scripts.runIn(partition, dirty.epoch(), CLEAN, keys, written);
        } catch (StaleEpochException _) {
            return 0;
        }
        return rows.size();
    }

    private static MembershipRow row(String field, Watermark watermark) {
        var space = field.indexOf(' ');
        var slash = field.indexOf('/');
        return new MembershipRow(
                field.substring(0, slash),
                field.substring(slash + 1, space),
                field.substring(space + 1),
                watermark.delivered(),
                watermark.read(),
                watermark.readOrdinal(),
                watermark.mentioned());
    }
}
