package im.magpie.service.membership;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.IndexVersion;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.Database;
import im.magpie.service.membership.UserGroups.Known;
import im.magpie.service.membership.UserGroups.Stay;
import im.magpie.service.testing.GroupRows;
import im.magpie.service.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserGroupsTest {

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UserGroups groups =
            new UserGroups(database.mapper(RosterMapper.class), new Database(database.dataSource()), registry);
    private GroupRows large;

    @BeforeEach
    void group() {
        large = new GroupRows(database, new GroupKey("app", "large"));
        large.change(Reach.PUSHED, List.of("alice", "bob"), List.of());
        new GroupRows(database, new GroupKey("app", "small")).change(Reach.INDEXED, List.of("alice"), List.of());
    }

    private Known of(long epoch, long moved) {
        return groups.of(
                ALICE, IndexVersion.newBuilder().setEpoch(epoch).setCounter(99).build(), moved);
    }

    private double questions() {
        return registry.get("magpie.service.user.groups.questions").counter().count();
    }

    @Test
    void aListNamesTheGroupsOfWhichTheIndexSaysNothing() {
        assertThat(of(1, 0)).isEqualTo(new Known(List.of(new Stay("group_large", 1)), true));
    }

    @Test
    void theDatabaseIsAskedAgainOnlyWhenAnEventHasChangedTheList() {
        of(1, 0);
        of(1, 0);
        assertThat(questions()).isEqualTo(1);
        large.change(Reach.PUSHED, List.of(), List.of("alice"));

        assertThat(of(1, 7).groups()).isEmpty();
        of(1, 7);
        assertThat(questions()).isEqualTo(2);
        of(2, 7);
        assertThat(questions()).isEqualTo(3);
    }

    @Test
    void whileTheDatabaseIsAwayTheLastListStands() {
        of(1, 0);
        database.stoppedDuring(() -> {
            assertThat(of(1, 0).whole()).isTrue();
            assertThat(of(1, 7)).isEqualTo(new Known(List.of(new Stay("group_large", 1)), false));
            assertThat(groups.of(new UserKey("app", "bob"), IndexVersion.getDefaultInstance(), 0))
                    .isEqualTo(new Known(List.of(), false));
        });
    }
}
