package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.HttpApi;
import im.magpie.e2e.wire.Tokens;
import org.junit.jupiter.api.Test;

@OnMagpie
class HttpIT {

    @Test
    void aUserIsToldWhereTheGatewaysAre(People people, MagpieSystem system) {
        var gateways = people.person("alice").api().get("/v1/gateways").orFail().body();

        assertThat(gateways.objects("gateways").stream()
                        .map(gateway -> gateway.text("host") + ":" + gateway.text("tcpPort")))
                .containsExactlyInAnyOrder(
                        system.addresses().gateway(1).toString(),
                        system.addresses().gateway(2).toString());
    }

    @Test
    void nothingIsToldWithoutAValidToken(MagpieSystem system) {
        var api = HttpApi.at(system.addresses().service());
        for (var anonymous :
                new HttpApi[] {api, api.withToken("not-a-token"), api.withToken(Tokens.unsigned(Tokens.APP, "alice"))
                }) {
            assertThat(anonymous.get("/v1/gateways").status()).isEqualTo(401);
            assertThat(anonymous.put("/v1/users/alice", "{}").status()).isEqualTo(401);
            var refused = anonymous.get("/v1/users/alice");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("USER_SIG_INVALID");
        }
    }

    @Test
    void whatBelongsToTheBusinessSystemIsNotForUsers(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");

        var refused = alice.api().patch("/v1/users/" + bob, "{\"disabled\":true}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("FORBIDDEN");
        assertThat(alice.api()
                        .put("/v1/users/%s/blacklist/%s".formatted(bob, alice), "")
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void aWrongPasswordOrATakenNameIsRefusedByTheBusinessSystem(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var business = HttpApi.at(system.addresses().business());
        var wrong = "{\"userId\":\"%s\",\"password\":\"wrong password\"}".formatted(alice);

        assertThat(business.post("/v1/login", wrong).status()).isEqualTo(401);
        assertThat(business.post("/v1/register", wrong).status()).isEqualTo(409);
    }
}
