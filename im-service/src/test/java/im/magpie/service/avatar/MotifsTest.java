package im.magpie.service.avatar;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.membership.GroupKey;
import im.magpie.service.testing.TestDatabase;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class MotifsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final GroupKey GROUP = new GroupKey("acme", "friends");
    private static final String CDN = "https://cdn.example.com/";

    private final TestMembers members = new TestMembers(DATABASE.dataSource());
    private final Motifs motifs = new Motifs(DATABASE.mapper(FaceMapper.class), new AvatarSources(List.of(CDN)));

    @BeforeEach
    void aGroup() {
        members.come(GROUP, 1, List.of("dora", "carl"));
        members.come(GROUP, 2, List.of("bob"));
        members.come(GROUP, 3, List.of("alice"));
    }

    @Test
    void theOwnerComesFirstAndTheOthersAsTheyCame() {
        assertThat(shown("bob")).containsExactly("bob", "carl", "dora", "alice");
    }

    @Test
    void whoHasLeftIsNotShown() {
        members.go(GROUP, 4, "carl");
        members.go(GROUP, 5, "bob");
        members.come(GROUP, 6, List.of("carl"));

        assertThat(shown("dora")).containsExactly("dora", "alice", "carl");
    }

    @Test
    void thereAreNineAtMostAndTheOwnerIsAmongThem() {
        members.come(GROUP, 4, IntStream.range(0, 20).mapToObj(i -> "later" + i).toList());
        members.come(GROUP, 5, List.of("owner"));

        assertThat(shown("owner")).hasSize(9).startsWith("owner", "carl", "dora", "bob", "alice");
    }

    @Test
    void anOwnerWhoIsNoMemberIsNotShown() {
        assertThat(shown("stranger")).containsExactly("carl", "dora", "bob", "alice");
    }

    @Test
    void aGroupOfNobodyShowsItself() {
        assertThat(motifs.of(new GroupKey("acme", "empty"), "alice", 64).faces())
                .containsExactly(new Face("empty", null));
        assertThat(motifs.of(new GroupKey("other", "friends"), "alice", 64).faces())
                .as("another app's")
                .containsExactly(new Face("friends", null));
    }

    @Test
    void onlyAvatarsThatMayBeAskedForAre() {
        members.user("acme", "alice", CDN + "alice.png");
        members.user("acme", "bob", "http://169.254.169.254/latest/meta-data");
        members.user("acme", "carl", "");
        members.user("other", "dora", CDN + "dora.png");

        assertThat(motifs.of(GROUP, "alice", 64).faces())
                .containsExactly(
                        new Face("alice", URI.create(CDN + "alice.png")),
                        new Face("carl", null),
                        new Face("dora", null),
                        new Face("bob", null));
    }

    @Test
    void aLargeGroupIsNotReadThrough() {
        var large = new GroupKey("acme", "large");
        for (var version = 1; version <= 10; version++) {
            var first = 10_000 - version * 500;
            members.come(
                    large,
                    version,
                    IntStream.range(first, first + 500).mapToObj(i -> "u" + i).toList());
        }
        JdbcClient.create(DATABASE.dataSource())
                .sql("ANALYZE TABLE group_member")
                .query()
                .listOfRows();
        var oneConnection = new TransactionTemplate(new DataSourceTransactionManager(DATABASE.dataSource()));

        var read = Objects.requireNonNull(oneConnection.execute(_ -> {
            var before = members.rowsRead();
            assertThat(motifs.of(large, "u5000", 64).faces()).hasSize(9).contains(new Face("u9500", null));
            return members.rowsRead() - before;
        }));

        assertThat(read).isLessThan(100);
    }

    private List<String> shown(String owner) {
        return motifs.of(GROUP, owner, 64).faces().stream().map(Face::id).toList();
    }
}
