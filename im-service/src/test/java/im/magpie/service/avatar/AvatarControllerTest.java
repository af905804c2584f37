package im.magpie.service.avatar;

import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.app.TestApps.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.service.http.TestHttp;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.usersig.TestTokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarControllerTest {

    @RegisterExtension
    static final TestHttp HTTP = new TestHttp();

    private static final GroupKey GROUP = new GroupKey("acme", "friends");
    private static final String PATH = "/v1/groups/friends/avatar";
    private static final String ADMIN = TestTokens.admin(ACME);
    private static final String ALICE = TestTokens.userSig(ACME, "alice");
    private static final String CARL = TestTokens.userSig(ACME, "carl");

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestMembers members = new TestMembers(HTTP.bean(DataSource.class));

    @BeforeEach
    void aGroupOfAliceAndBob() {
        members.user("acme", "alice", "");
        members.user("acme", "bob", "https://elsewhere.example/bob.png");
        members.user("acme", "carl", "");
        members.found(GROUP, "alice", "");
        members.come(GROUP, 1, List.of("alice", "bob"));
    }

    @Test
    void membersAndTheBusinessSystemSeeIt() throws Exception {
        var picture = get(ALICE, PATH);

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(header(picture, "Content-Type")).isEqualTo("image/png");
        assertThat(header(picture, "Cache-Control")).contains("private").contains("no-cache");
        var image = Pixels.read(ByteString.copyFrom(picture.body()));
        assertThat(image.getWidth()).isEqualTo(256);
        var tiles = Mosaic.tiles(2, 256);
        assertThat(Pixels.of(image, tiles.getFirst())).isEqualTo(Pixels.pattern("alice", tiles.getFirst().width));
        assertThat(Pixels.of(image, tiles.getLast())).isEqualTo(Pixels.pattern("bob", tiles.getLast().width));
        assertThat(get(ADMIN, PATH).body()).isEqualTo(picture.body());
    }

    @Test
    void nobodyElseDoes() throws Exception {
        assertThat(HTTP.exchange(HTTP.request("GET", PATH, BodyPublishers.noBody()))
                        .code())
                .isEqualTo("USER_SIG_INVALID");
        assertThat(HTTP.exchange(HTTP.request("GET", PATH + "?token=" + ALICE, BodyPublishers.noBody()))
                        .code())
                .isEqualTo("USER_SIG_INVALID");
        assertThat(HTTP.call(CARL, "GET", PATH).code()).isEqualTo("NOT_A_PARTICIPANT");
        assertThat(HTTP.call(TestTokens.admin(OTHER), "GET", PATH).code()).isEqualTo("NOT_FOUND");
        assertThat(HTTP.call(ADMIN, "GET", "/v1/groups/strangers/avatar").code())
                .isEqualTo("NOT_FOUND");
        assertThat(HTTP.call(ADMIN, "GET", "/v1/groups/a~b/avatar").code()).isEqualTo("INVALID_REQUEST");
        members.go(GROUP, 2, "alice");
        assertThat(HTTP.call(ALICE, "GET", PATH).code()).isEqualTo("NOT_A_PARTICIPANT");
    }

    @Test
    void whoAsksForAPictureHearsOfErrorsToo() {
        var refused = HTTP.exchange(HTTP.request("GET", PATH, BodyPublishers.noBody())
                .header("Authorization", "Bearer " + CARL)
                .header("Accept", "image/png"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("NOT_A_PARTICIPANT");
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "33, 64", "100, 128", "128, 128", "512, 512"})
    void isAtLeastAsLargeAsWanted(int wanted, int side) throws Exception {
        var picture = get(ALICE, PATH + "?size=" + wanted);

        assertThat(Pixels.read(ByteString.copyFrom(picture.body())).getWidth()).isEqualTo(side);
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "513", "0", "-1", "large", "99999999999"})
    void otherSizesAreRefused(String size) {
        assertThat(HTTP.call(ALICE, "GET", PATH + "?size=" + size).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void whoHasItIsToldSo() throws Exception {
        var tag = header(get(ALICE, PATH), "ETag");

        for (var known : List.of(tag, "\"other\", " + tag, "*")) {
            var again = get(ALICE, PATH, "If-None-Match", known);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
        }
        assertThat(get(ALICE, PATH + "?size=64", "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(HTTP.exchange(HTTP.request("GET", PATH, BodyPublishers.noBody())
                                .header("Authorization", "Bearer " + CARL)
                                .header("If-None-Match", "*"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void isDrawnAnewWhenSomebodyComesOrGoes() throws Exception {
        var two = get(ALICE, PATH);
        members.come(GROUP, 2, List.of("carl"));

        var three = get(ALICE, PATH, "If-None-Match", header(two, "ETag"));
        assertThat(three.statusCode()).isEqualTo(200);
        assertThat(three.body()).isNotEqualTo(two.body());

        members.go(GROUP, 3, "carl");
        assertThat(get(ALICE, PATH, "If-None-Match", header(two, "ETag")).statusCode())
                .isEqualTo(304);
        assertThat(get(ALICE, PATH).body()).isEqualTo(two.body());
    }

    @Test
    void aGroupWithAnAvatarOfItsOwnNamesThat() throws Exception {
        members.changeAvatar(GROUP, "https://cdn.example.com/friends.png?v=2");

        var answer = get(ALICE, PATH);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "Location")).isEqualTo("https://cdn.example.com/friends.png?v=2");
        assertThat(HTTP.call(CARL, "GET", PATH).code()).isEqualTo("NOT_A_PARTICIPANT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"friends.png", "javascript:alert(1)", "https://a\r\nSet-Cookie: a=b", "//evil.example/a"})
    void nobodyIsSentToWhatIsNoAddressOfTheWeb(String avatar) throws Exception {
        members.changeAvatar(GROUP, avatar);

        assertThat(get(ALICE, PATH).statusCode()).isEqualTo(200);
    }

    private HttpResponse<byte[]> get(String token, String path, String... headers)
            throws IOException, InterruptedException {
        var request = HTTP.request("GET", path, BodyPublishers.noBody()).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
