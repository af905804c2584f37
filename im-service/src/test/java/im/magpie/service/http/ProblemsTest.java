package im.magpie.service.http;

import static im.magpie.service.app.TestApps.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.usersig.TestTokens;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class ProblemsTest {

    @RegisterExtension
    static final TestHttp HTTP = new TestHttp();

    private static final String ADMIN = TestTokens.admin(ACME);

    private final Problems problems = new Problems();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /v1/nothing/here            | 404 | NOT_FOUND",
                "POST | /v1/users/alice             | 405 | INVALID_REQUEST",
                "PUT  | /v1/users/a~b               | 400 | INVALID_REQUEST",
                "GET  | /v1/users/alice/blacklist?limit=0    | 400 | INVALID_REQUEST",
                "GET  | /v1/users/alice/blacklist?limit=many | 400 | INVALID_REQUEST"
            })
    void whatCannotBeIsNamed(String method, String path, int status, String code) {
        var answer = HTTP.call(ADMIN, method, path, "{}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{", "[]", "7", "''", "{\"disabled\":\"perhaps\"}", "{\"nickname\":{}}"})
    void aBodyThatIsNoneIsNamed(String body) {
        var answer = HTTP.call(ADMIN, "PUT", "/v1/users/alice", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void otherMediaAreNamed() {
        var request = HTTP.request("PUT", "/v1/users/alice", BodyPublishers.ofString("nickname=Al"))
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + ADMIN);

        var answer = HTTP.exchange(request);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void aLongNameIsNamed() {
        var answer = HTTP.call(ADMIN, "PUT", "/v1/users/alice", "{\"nickname\":\"" + "x".repeat(65) + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asString(""))
                .contains("nickname")
                .contains("64");
    }

    @Test
    void aLargeBodyIsRefused() {
        var json = "{\"nickname\":\"" + "x".repeat(BodyLimit.MAX_BYTES) + "\"}";
        var stream =
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));

        for (var body : new java.net.http.HttpRequest.BodyPublisher[] {BodyPublishers.ofString(json), stream}) {
            var answer = HTTP.call(ADMIN, "PUT", "/v1/users/alice", body);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.code()).isEqualTo("CONTENT_TOO_LARGE");
        }
    }

    @Test
    void aStreamedBodyIsTaken() {
        var stream = BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream("{\"nickname\":\"Al\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(HTTP.call(ADMIN, "PUT", "/v1/users/alice", stream).status()).isEqualTo(200);
    }

    @Test
    void afterHowLongTheSameMaySucceedIsSaid() {
        var answer = problems.ours(new MagpieException(ErrorCode.RATE_LIMITED, "why", Duration.ofMillis(1_200)));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
        assertThat(Objects.requireNonNull(answer.getBody()).getProperties()).containsEntry("retryAfterMs", 1_200L);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsUnavailable() {
        var answer = problems.database(new DataAccessResourceFailureException("connection refused by 10.0.0.1"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(Objects.requireNonNull(answer.getBody()).getDetail()).doesNotContain("10.0.0.1");
    }

    @Test
    void theUnforeseenTellsNothing() {
        var answer = problems.unforeseen(new IllegalStateException("secret"));

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(Objects.requireNonNull(answer.getBody()).getDetail()).doesNotContain("secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            mode = Mode.EXCLUDE,
            names = {"OK", "UNRECOGNIZED"})
    void everyCodeIsAnError(ErrorCode code) {
        var answer = problems.ours(new MagpieException(code, "why"));

        assertThat(answer.getStatusCode().isError()).isTrue();
        assertThat(Objects.requireNonNull(answer.getBody()).getProperties())
                .containsEntry("code", code.name())
                .containsEntry("number", code.getNumber());
    }
}
