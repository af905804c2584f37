package im.magpie.service.membership;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.Head;
import im.magpie.service.testing.GroupRows;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Redis is lost, more than once, while somebody goes: the event of it gets a place in each epoch, and whoever is at work for an old one may write it last. */
class ExtentsTest {

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final GroupKey GROUP = new GroupKey("app", "club");
    private static final Member BOB = new Member(new UserKey("app", "bob"), GROUP.conversationId());
    private static final Movement BOB_GOES = new Movement(List.of(), false, List.of("bob"));
    private static final Extent EVERYTHING = new Extent(List.of(new Extent.Part(0, Long.MAX_VALUE)), false);

    private final JdbcTemplate rows = new JdbcTemplate(database.dataSource());
    private final EventPlaces places = TestGroups.in(database).places();
    private final Extents extents = TestGroups.in(database).extents();
    private long gone;

    @BeforeEach
    void bobGoes() {
        var group = new GroupRows(database, GROUP);
        group.change(Reach.INDEXED, List.of("alice", "bob"), List.of());
        gone = group.change(Reach.INDEXED, List.of(), List.of("bob"));
        rows.update("UPDATE group_change SET appended_at = NULL WHERE version = ?", gone);
    }

    @Test
    void thePlaceOfALaterEpochStaysWhateverAnEarlierOneWrites() {
        bobIsGoneAt(178, 2);
        bobIsGoneAt(179, 1);

        assertThat(readable(gone, 2)).isEqualTo(upTo(178));
    }

    @Test
    void andIsWrittenOverThatOfAnEarlierOne() {
        bobIsGoneAt(179, 1);
        bobIsGoneAt(178, 2);

        assertThat(readable(gone, 2)).isEqualTo(upTo(178));
    }

    @Test
    void aPlaceOfAnEpochGoneByIsNoneUntilTheEventIsSettledThere() {
        bobIsGoneAt(179, 1);

        assertThat(readable(gone - 1, 2)).isEqualTo(EVERYTHING);

        rows.update("UPDATE group_change SET appended_at = 1 WHERE version = ?", gone);
        assertThat(readable(gone, 2)).isEqualTo(upTo(179));
    }

    @Test
    void whatIsNotSettledIsAskedForAgain() {
        bobIsGoneAt(179, 1);
        assertThat(readable(gone, 1)).isEqualTo(upTo(179));

        bobIsGoneAt(178, 2);
        assertThat(readable(gone, 2)).isEqualTo(upTo(178));
    }

    private void bobIsGoneAt(long sequence, long epoch) {
        places.write(epoch, GROUP, gone, sequence, BOB_GOES);
    }

    private Extent readable(long shape, long epoch) {
        return extents.of(BOB, new Head(200, 200, shape, epoch));
    }

    private static Extent upTo(long sequence) {
        return new Extent(List.of(new Extent.Part(0, sequence)), false);
    }
}
