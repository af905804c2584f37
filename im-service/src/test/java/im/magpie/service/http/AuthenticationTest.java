package im.magpie.service.http;

import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.app.TestApps.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.user.UserKey;
import im.magpie.service.app.App;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.device.SignOuts;
import im.magpie.service.http.TestHttp.Answer;
import im.magpie.service.usersig.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {

    @RegisterExtension
    static final TestHttp HTTP = new TestHttp();

    private static final String ADMIN = TestTokens.admin(ACME);

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/gateways", "/v1/users/alice", "/v1/users/alice/blacklist", "/v1/there/is/no/such/path"})
    void noPathIsOpen(String path) {
        var answer = HTTP.exchange(HTTP.request("GET", path, BodyPublishers.noBody()));

        assertProblem(answer, 401, "USER_SIG_INVALID", 203);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Basic YWxpY2U6c2VjcmV0", "Bearer ", "Bearer x.y.z"})
    void onlyABearersTokenCounts(String header) {
        var answer = HTTP.exchange(
                HTTP.request("GET", "/v1/gateways", BodyPublishers.noBody()).header("Authorization", header));

        assertProblem(answer, 401, "USER_SIG_INVALID", 203);
    }

    @Test
    void theSchemesCaseDoesNotMatter() {
        var answer = HTTP.exchange(HTTP.request("GET", "/v1/gateways", BodyPublishers.noBody())
                .header("Authorization", "bearer " + ADMIN));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aUserHasToExist() {
        assertProblem(call(TestTokens.userSig(ACME, "alice")), 401, "UNKNOWN_USER", 206);
    }

    @Test
    void aDisabledUserIsRefused() {
        HTTP.call(ADMIN, "PUT", "/v1/users/alice", "{}");
        assertThat(call(TestTokens.userSig(ACME, "alice")).status()).isEqualTo(200);

        HTTP.call(ADMIN, "PATCH", "/v1/users/alice", "{\"disabled\":true}");

        assertProblem(call(TestTokens.userSig(ACME, "alice")), 403, "USER_DISABLED", 207);
    }

    @Test
    void aUserSigFromBeforeAllDevicesWereSignedOutIsRefused() {
        HTTP.call(ADMIN, "PUT", "/v1/users/dora", "{}");
        var now = Instant.now();
        var old = TestTokens.userSig(ACME, "dora", now);
        assertThat(call(old).status()).isEqualTo(200);

        HTTP.bean(SignOuts.class).add(DeviceKey.allOf(new UserKey("acme", "dora")), now.getEpochSecond());

        assertProblem(call(old), 401, "USER_SIG_REVOKED", 208);
        assertProblem(call(TestTokens.undated(ACME, "dora")), 401, "USER_SIG_REVOKED", 208);
        assertThat(call(TestTokens.userSig(ACME, "dora", now.plusSeconds(1))).status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownAppIsNamed() {
        assertProblem(call(TestTokens.admin(new App("stranger", "", ACME.secret()))), 401, "UNKNOWN_APP", 205);
    }

    @Test
    void anAppNeverSeesAnothers() {
        HTTP.call(ADMIN, "PUT", "/v1/users/alice", "{}");

        var answer = HTTP.call(TestTokens.admin(OTHER), "GET", "/v1/users/alice");

        assertProblem(answer, 404, "NOT_FOUND", 311);
        assertProblem(call(TestTokens.userSig(OTHER, "alice")), 401, "UNKNOWN_USER", 206);
    }

    private static Answer call(String token) {
        return HTTP.call(token, "GET", "/v1/gateways");
    }

    private static void assertProblem(Answer answer, int status, String code, int number) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("number").asInt()).isEqualTo(number);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    }
}
