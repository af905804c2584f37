package im.magpie.service.user;

import static im.magpie.service.app.TestApps.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.user.UserKey;
import im.magpie.service.http.TestHttp;
import im.magpie.service.usersig.TestTokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserControllerTest {

    @RegisterExtension
    static final TestHttp HTTP = new TestHttp();

    private static final String ADMIN = TestTokens.admin(ACME);
    private static final String ALICE = TestTokens.userSig(ACME, "alice");

    @BeforeEach
    void aliceIsImported() {
        HTTP.call(ADMIN, "PUT", "/v1/users/alice", "{\"nickname\":\"Alice\",\"avatar\":\"a.png\"}");
    }

    @Test
    void anImportedUserCanBeRead() {
        var answer = HTTP.call(ADMIN, "GET", "/v1/users/alice");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.body().toString())
                .isEqualTo("{\"userId\":\"alice\",\"nickname\":\"Alice\",\"avatar\":\"a.png\",\"disabled\":false}");
    }

    @Test
    void manyAreImportedByOneCall() {
        var answer = HTTP.call(
                ADMIN,
                "POST",
                "/v1/users",
                "{\"users\":[{\"userId\":\"bob\",\"nickname\":\"Bob\"},{\"userId\":\"carol\"}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString()).isEqualTo("{\"erased\":[]}");
        assertThat(HTTP.call(ADMIN, "GET", "/v1/users/bob")
                        .body()
                        .path("nickname")
                        .asString(""))
                .isEqualTo("Bob");
        assertThat(HTTP.call(ADMIN, "GET", "/v1/users/carol").status()).isEqualTo(200);
    }

    @Test
    void anImportThatCantBeIsRefusedAsAWhole() {
        var users = "{\"users\":[{\"userId\":\"dave\"},{\"userId\":\"%s\"}]}";
        assertThat(HTTP.call(ADMIN, "POST", "/v1/users", users.formatted("no body"))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(HTTP.call(ADMIN, "POST", "/v1/users", "{\"users\":[]}").code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(HTTP.call(ADMIN, "POST", "/v1/users", "{\"users\":[{}]}").code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(HTTP.call(ALICE, "POST", "/v1/users", users.formatted("erin"))
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(HTTP.call(ADMIN, "GET", "/v1/users/dave").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void usersSeeEachOther() {
        HTTP.call(ADMIN, "PUT", "/v1/users/bob@example.org", "{\"nickname\":\"Bob\"}");

        var answer = HTTP.call(ALICE, "GET", "/v1/users/bob@example.org");

        assertThat(answer.body().path("nickname").asString("")).isEqualTo("Bob");
    }

    @Test
    void whoIsNotThereIsNotFound() {
        assertThat(HTTP.call(ADMIN, "GET", "/v1/users/nobody").code()).isEqualTo("NOT_FOUND");
        assertThat(HTTP.call(ADMIN, "PATCH", "/v1/users/nobody", "{}").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void onlyTheBusinessSystemChangesUsers() {
        assertThat(HTTP.call(ALICE, "PUT", "/v1/users/alice", "{}").code()).isEqualTo("FORBIDDEN");
        assertThat(HTTP.call(ALICE, "PATCH", "/v1/users/alice", "{}").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void disablingIsTold() {
        var disabled = HTTP.call(ADMIN, "PATCH", "/v1/users/alice", "{\"disabled\":true}");

        assertThat(disabled.body().path("disabled").asBoolean()).isTrue();
        assertThat(disabled.body().path("nickname").asString("")).isEqualTo("Alice");
        assertThat(HTTP.disabled()).containsExactly(new UserDisabled(new UserKey("acme", "alice")));
    }

    @Test
    void enablingLetsTheUserBackIn() {
        HTTP.call(ADMIN, "PATCH", "/v1/users/alice", "{\"disabled\":true}");
        assertThat(HTTP.call(ALICE, "GET", "/v1/users/alice").code()).isEqualTo("USER_DISABLED");

        HTTP.call(ADMIN, "PATCH", "/v1/users/alice", "{\"disabled\":false}");

        assertThat(HTTP.call(ALICE, "GET", "/v1/users/alice").status()).isEqualTo(200);
    }
}
