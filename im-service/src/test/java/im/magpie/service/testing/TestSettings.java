package im.magpie.service.testing;

import im.magpie.service.cache.Database;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.personal.SettingsMapper;
import im.magpie.service.personal.SettingsTable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Everybody's settings over a real database and a real Redis. */
public final class TestSettings {

    public static SettingsTable table(TestTimelines timelines, TestDatabase database) {
        return table(timelines.scripts(), database);
    }

    /** Of the one user partition that these scripts run on. */
    public static SettingsTable table(PartitionScripts scripts, TestDatabase database) {
        return new SettingsTable(
                scripts,
                TestTimelines.PARTITIONS,
                database.mapper(SettingsMapper.class),
                database.mapper(MembershipMapper.class),
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                new Database(database.dataSource()));
    }

    private TestSettings() {}
}
