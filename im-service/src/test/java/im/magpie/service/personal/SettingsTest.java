package im.magpie.service.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.membership.Member;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestSettings;
import im.magpie.service.testing.TestTimelines;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettingsTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final Member ALICE = new Member(new UserKey("app", "alice"), "private_alice_bob");
    private static final Member BOB = new Member(new UserKey("app", "bob"), "private_alice_bob");
    private static final long NEWEST = 100;

    private final TestTimelines timelines = new TestTimelines(redis, (_, _) -> {});
    private final SettingsTable settings = TestSettings.table(timelines, database);

    @Test
    void whatIsGivenChangesAndTheRestStays() {
        change(request().setPinned(true).setDraft("dear bob").setShowNicknames(true));
        change(request().setMuted(true).setDraft(""));
        assertThat(read(ALICE))
                .isEqualTo(PersonalSettings.newBuilder()
                        .setVersion(2)
                        .setPinned(true)
                        .setMuted(true)
                        .setShowNicknames(true)
                        .build());
        assertThat(read(BOB)).isEqualTo(PersonalSettings.getDefaultInstance());
    }

    @Test
    void whatIsMadeTwiceChangesNothingMore() {
        var once = change(request().setPinned(true).addDelete(7));
        assertThat(change(request().setPinned(true).addDelete(7))).isEqualTo(once);
    }

    @Test
    void whatIsDeletedStaysSo() {
        change(request().addDelete(9).addDelete(7).addDelete(NEWEST + 1));
        assertThat(read(ALICE).getDeletedList()).containsExactly(7L, 9L);

        change(request().setDeleteUntil(8));
        change(request().setDeleteUntil(5));
        assertThat(read(ALICE).getDeletedUntil()).isEqualTo(8);
        assertThat(read(ALICE).getDeletedList()).containsExactly(9L);

        assertThat(change(request().setDeleteUntil(Long.MAX_VALUE)).getDeletedUntil())
                .isEqualTo(NEWEST);
    }

    @Test
    void limitsAreNamed() {
        assertRefused(request().setDraft("x".repeat(4_097)));
        assertRefused(request().addDelete(0));
        assertRefused(request().setDeleteUntil(-1));
        assertRefused(
                request().addAllDelete(LongStream.rangeClosed(1, 1_001).boxed().toList()));
    }

    @Test
    void theyOutliveRedis() {
        change(request().setPinned(true));
        redis.client().getKeys().flushall();
        assertThat(read(ALICE).getPinned()).isTrue();
    }

    @Test
    void redisAnswersWhileTheDatabaseIsAway() {
        change(request().setPinned(true));
        read(BOB);
        database.stoppedDuring(() -> {
            assertThat(read(ALICE).getPinned()).isTrue();
            assertThat(read(BOB)).isEqualTo(PersonalSettings.getDefaultInstance());
            assertThatThrownBy(() -> change(request().setMuted(true)))
                    .isInstanceOfSatisfying(
                            MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        });
    }

    @Test
    void changesAtTheSameTimeAreAllMade() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.invokeAll(IntStream.rangeClosed(1, 20)
                    .<Callable<PersonalSettings>>mapToObj(
                            i -> () -> change(request().addDelete(i)))
                    .toList());
        }
        assertThat(read(ALICE).getVersion()).isEqualTo(20);
        assertThat(read(ALICE).getDeletedCount()).isEqualTo(20);
        redis.client().getKeys().flushall();
        assertThat(read(ALICE).getDeletedCount()).isEqualTo(20);
    }

    private void assertRefused(ConfigureRequest.Builder request) {
        assertThatThrownBy(() -> change(request))
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    private static ConfigureRequest.Builder request() {
        return ConfigureRequest.newBuilder();
    }

    private PersonalSettings change(ConfigureRequest.Builder request) {
        return settings.change(ALICE, new SettingsChange(request.build(), NEWEST)::of);
    }

    private PersonalSettings read(Member member) {
        return Objects.requireNonNull(settings.of(List.of(member)).get(member));
    }
}
