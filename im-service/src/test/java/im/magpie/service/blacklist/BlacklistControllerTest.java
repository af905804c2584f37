package im.magpie.service.blacklist;

import static im.magpie.service.app.TestApps.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.http.TestHttp;
import im.magpie.service.http.TestHttp.Answer;
import im.magpie.service.usersig.TestTokens;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlacklistControllerTest {

    @RegisterExtension
    static final TestHttp HTTP = new TestHttp();

    private static final String ADMIN = TestTokens.admin(ACME);
    private static final String ALICE = TestTokens.userSig(ACME, "alice");
    private static final String LIST = "/v1/users/alice/blacklist";

    @BeforeEach
    void usersAreImported() {
        for (var user : List.of("alice", "bob", "carol", "dave", "erin")) {
            HTTP.call(ADMIN, "PUT", "/v1/users/" + user, "{}");
        }
    }

    @Test
    void usersKeepTheirOwn() {
        assertThat(HTTP.call(ALICE, "PUT", LIST + "/bob").status()).isEqualTo(204);
        assertThat(HTTP.call(ALICE, "PUT", LIST + "/bob").status()).isEqualTo(204);
        assertThat(users(HTTP.call(ALICE, "GET", LIST))).isEqualTo("[\"bob\"]");

        assertThat(HTTP.call(ALICE, "DELETE", LIST + "/bob").status()).isEqualTo(204);
        assertThat(HTTP.call(ALICE, "DELETE", LIST + "/bob").status()).isEqualTo(204);
        assertThat(users(HTTP.call(ALICE, "GET", LIST))).isEqualTo("[]");
    }

    @Test
    void soDoesTheBusinessSystem() {
        HTTP.call(ADMIN, "PUT", LIST + "/bob");

        assertThat(users(HTTP.call(ADMIN, "GET", LIST))).isEqualTo("[\"bob\"]");
    }

    @Test
    void nobodyElseSeesOrTouchesIt() {
        var bob = TestTokens.userSig(ACME, "bob");

        assertThat(HTTP.call(bob, "GET", LIST).code()).isEqualTo("FORBIDDEN");
        assertThat(HTTP.call(bob, "PUT", LIST + "/carol").code()).isEqualTo("FORBIDDEN");
        assertThat(HTTP.call(bob, "DELETE", LIST + "/bob").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void comesInPages() {
        List.of("dave", "bob", "carol").forEach(other -> HTTP.call(ALICE, "PUT", LIST + "/" + other));

        assertThat(users(HTTP.call(ALICE, "GET", LIST + "?limit=2"))).isEqualTo("[\"bob\",\"carol\"]");
        assertThat(users(HTTP.call(ALICE, "GET", LIST + "?limit=2&after=carol")))
                .isEqualTo("[\"dave\"]");
    }

    @Test
    void isBounded() {
        List.of("dave", "bob", "carol").forEach(other -> HTTP.call(ALICE, "PUT", LIST + "/" + other));

        var answer = HTTP.call(ALICE, "PUT", LIST + "/erin");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asString("")).contains("3");
    }

    @Test
    void bothHaveToBeThere() {
        assertThat(HTTP.call(ALICE, "PUT", LIST + "/nobody").code()).isEqualTo("NOT_FOUND");
        assertThat(HTTP.call(ADMIN, "PUT", "/v1/users/nobody/blacklist/bob").code())
                .isEqualTo("NOT_FOUND");
        assertThat(HTTP.call(ALICE, "PUT", LIST + "/alice").code()).isEqualTo("INVALID_REQUEST");
        assertThat(HTTP.call(ALICE, "PUT", LIST + "/a~b").code()).isEqualTo("INVALID_REQUEST");
        assertThat(HTTP.call(ALICE, "GET", LIST + "?after=a~b").code()).isEqualTo("INVALID_REQUEST");
    }

    private static String users(Answer answer) {
        return answer.body().path("users").toString();
    }
}
