package im.magpie.appbusiness.signin;

import static im.magpie.appbusiness.testing.BusinessSystem.APP;
import static im.magpie.appbusiness.testing.BusinessSystem.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.appbusiness.testing.BusinessSystem;
import im.magpie.appbusiness.testing.FakeMagpie.Call;
import im.magpie.appbusiness.testing.Tokens;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RegistrationTest {

    @RegisterExtension
    static final BusinessSystem SYSTEM = new BusinessSystem();

    private static final String PASSWORD = "correct horse";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private String name = "";

    @BeforeEach
    void choose() {
        name = SYSTEM.newName();
    }

    @Test
    void importsTheUserAtMagpieInTheNameOfTheApp() {
        var answer = SYSTEM.post("/v1/register", Map.of("userId", name, "password", PASSWORD, "nickname", "Alice 🐦"));

        assertThat(answer.status()).isEqualTo(201);
        var call = SYSTEM.magpie().onlyImport();
        assertThat(call.path()).isEqualTo("/v1/users/" + name);
        assertThat(JSON.readTree(call.body())).isEqualTo(JSON.readTree("{\"nickname\":\"Alice 🐦\"}"));
        assertThat(SYSTEM.magpie().calls()).allSatisfy(RegistrationTest::assertAdminToken);
    }

    private static void assertAdminToken(Call call) {
        assertThat(call.authorization()).startsWith("Bearer ");
        var now = SYSTEM.clock().instant();
        var claims = Tokens.verified(String.valueOf(call.authorization()).substring("Bearer ".length()), SECRET, now);
        assertThat(claims.get("app")).isEqualTo(APP);
        assertThat(claims.get("adm")).isEqualTo(true);
        assertThat(claims.getSubject()).isNull();
        assertThat(claims.getExpiration()).isBefore(Date.from(now.plus(Duration.ofMinutes(2))));
    }

    @Test
    void answersWhatAClientNeedsToConnect() {
        var answer = SYSTEM.register(name, PASSWORD);

        var json = answer.json();
        assertThat(json.path("appId").asString()).isEqualTo(APP);
        assertThat(json.path("userId").asString()).isEqualTo(name);
        var claims = Tokens.verified(
                json.path("userSig").asString(), SECRET, SYSTEM.clock().instant());
        assertThat(claims.getSubject()).isEqualTo(name);
        assertThat(json.path("gateways").toString())
                .isEqualTo("[{\"nodeId\":\"one\",\"host\":\"10.0.0.1\",\"tcpPort\":9001,\"webSocketPort\":9101},"
                        + "{\"nodeId\":\"two\",\"host\":\"10.0.0.2\",\"tcpPort\":9002,\"webSocketPort\":9102}]");
    }

    @Test
    void callsWhoeverHasNoNicknameByTheUserId() {
        SYSTEM.register(name, PASSWORD);

        assertThat(SYSTEM.magpie().onlyImport().body()).isEqualTo("{\"nickname\":\"" + name + "\"}");
    }

    @Test
    void importsANameWithEveryCharacterThereIs() {
        SYSTEM.register("a.b_c@d+e-" + name, PASSWORD);

        assertThat(SYSTEM.magpie().onlyImport().path())
                .isIn("/v1/users/a.b_c@d+e-" + name, "/v1/users/a.b_c%40d%2Be-" + name);
    }

    @Test
    void aTakenNameIsRefusedAndStaysWhoseItIs() {
        SYSTEM.register(name, PASSWORD);

        var answer = SYSTEM.register(name, "another password");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("USER_ID_TAKEN");
        assertThat(SYSTEM.magpie().imports()).hasSize(1);
        assertThat(SYSTEM.login(name, "another password").status()).isEqualTo(401);
        assertThat(SYSTEM.login(name, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void aNameIsOnePersonsHoweverManyWantItAtOnce() {
        var answers = SYSTEM.atOnce(8, () -> SYSTEM.register(name, PASSWORD));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "a b", "a/b", "a~b", "a\u0000", "鹊", "alice\n", "%2e", "alice;x=y"})
    void aBadNameIsRefused(String badName) {
        assertRefused(Map.of("userId", badName, "password", PASSWORD), "INVALID_USER_ID");
    }

    @Test
    void aNameHasAtMost64Characters() {
        var longest = name + "x".repeat(64 - name.length());

        assertRefused(Map.of("userId", longest + "x", "password", PASSWORD), "INVALID_USER_ID");
        assertThat(SYSTEM.register(longest, PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void aPasswordHas8CharactersAndAtMost72Bytes() {
        for (var bad : List.of("", "1234567", "x".repeat(73), "鹊".repeat(25))) {
            assertRefused(Map.of("userId", name, "password", bad), "INVALID_PASSWORD");
        }
        assertThat(SYSTEM.register(name, "鹊".repeat(24)).status()).isEqualTo(201);
        assertThat(SYSTEM.login(name, "鹊".repeat(24)).status()).isEqualTo(200);
    }

    @Test
    void aNicknameHas1To64Characters() {
        for (var bad : List.of("", "x".repeat(65))) {
            assertRefused(Map.of("userId", name, "password", PASSWORD, "nickname", bad), "INVALID_NICKNAME");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"password\":\"correct horse\"}                       | INVALID_USER_ID",
                "{\"userId\":null,\"password\":\"correct horse\"}       | INVALID_USER_ID",
                "{\"userId\":\"somebody\"}                             | INVALID_PASSWORD",
                "{\"userId\":{},\"password\":\"correct horse\"}         | INVALID_REQUEST",
                "{\"userId\":\"somebody\",                             | INVALID_REQUEST",
                "[]                                                 | INVALID_REQUEST",
                "null                                               | INVALID_REQUEST",
                "''                                                 | INVALID_REQUEST",
            })
    void aBadBodyIsRefused(String body, String code) {
        var answer = SYSTEM.post("/v1/register", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void aBodyThatIsFarTooLongIsNotReadToItsEnd() {
        var answer = SYSTEM.post(
                "/v1/register", "{\"userId\":\"%s\",\"password\":\"%s\"}".formatted(name, "x".repeat(1_000_000)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
    }

    private static void assertRefused(Map<String, String> registration, String code) {
        var answer = SYSTEM.post("/v1/register", registration);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("detail").asString()).isNotBlank();
        assertThat(SYSTEM.magpie().calls()).isEmpty();
    }
}
