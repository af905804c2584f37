package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.client.RequestFailedException;
import im.magpie.client.SentMessage;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.InRoom;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A user is forgotten, and what he has said goes from everywhere. */
@OnMagpie(
        value = "erasure",
        settings = {"IM_SERVICE_ERASURE_AFTER=3s", "IM_SERVICE_ERASURE_INTERVAL=200ms"})
class ErasureIT {

    /** More than lies in Redis. */
    private static final int SAID = 250;

    @Test
    void whatAnErasedUserHasSaidIsGoneEverywhere(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var carol = people.person("carol");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var tablet = bob.signIn("tablet", 1);
        talk(phone, bob);
        laptop.says(alice, "what bob says");
        phone.says(carol, "secret for carol");
        People.outcome(phone.client().edit(alice.conversationWith(bob), 2, Contents.text("secret, edited")));
        People.outcome(phone.client().react(alice.conversationWith(bob), SAID + 1, "👍"));
        bob.blocks(alice);
        tablet.awaitMessages(alice, SAID + 1);
        laptop.awaitMessages(alice, SAID + 1);
        laptop.awaitState(alice, SAID + 1, "a reaction", message -> message.getReactionsCount() == 1);
        tablet.goesOffline();
        var business = alice.administration();
        var user = "/v1/users/" + alice;

        assertThat(bob.api().delete(user).code()).isEqualTo("FORBIDDEN");
        var accepted = business.delete(user);

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.body().text("state")).isEqualTo("ERASING");
        assertThat(phone.awaitKick()).isEqualTo(KickReason.DISABLED);
        Await.until(
                "alice is erased",
                () -> business.get(user + "/erasure").body().text("state").equals("ERASED"));
        awaitSilence(laptop, alice);
        tablet.online();
        awaitSilence(tablet, alice);
        var late = bob.signIn("bought-later", 1);
        for (var messages : List.of(
                laptop.remembered(alice),
                tablet.remembered(alice),
                late.remembered(alice),
                late.history(alice),
                carol.signIn("phone", 2).remembered(alice))) {
            assertThat(messages.toString()).doesNotContain("secret");
        }
        var his = late.history(alice).get(SAID);
        assertThat(Texts.of(his)).isEqualTo("what bob says");
        assertThat(his.getReactionsList()).isEmpty();
        for (var export : List.of(
                user + "/export",
                "/v1/users/%s/export".formatted(bob),
                "/v1/conversations/%s/export".formatted(alice.conversationWith(bob)))) {
            var lines = business.lines(export);
            assertThat(lines.toString()).contains("what bob says").doesNotContain("secret");
            assertThat(lines.getLast().has("end")).isTrue();
        }
        assertThat(business.lines(user + "/export").toString()).doesNotContain("\"device\"", "\"blocked\"");
        assertThat(bob.api().get("/v1/users/%s/blacklist".formatted(bob)).body().texts("users"))
                .isEmpty();
        assertThatThrownBy(() -> People.outcome(alice.logInWith(alice.userSig())))
                .isInstanceOfSatisfying(
                        RequestFailedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.USER_DISABLED));
        assertThat(business.put(user, "{\"nickname\":\"Alice\",\"disabled\":false}")
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(laptop.refusal(client -> client.sendText(bob.conversationWith(alice), "Alice?")))
                .isEqualTo(ErrorCode.RECIPIENT_DISABLED);
        // Once more changes nothing.
        assertThat(business.delete(user).body().text("state")).isEqualTo("ERASED");
    }

    @Test
    void roomsForgetWhoIsErased(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var his = InRoom.madeBy(bob.signIn("laptop", 2), CreateRoom.newBuilder().setKeepDays(1));
        var phone = alice.signIn("phone", 1);
        his.on(phone).says("a secret");
        his.says("what bob says");
        var hers = InRoom.madeBy(phone);
        his.does((rooms, id) -> rooms.appoint(id, alice.userId(), true));
        assertThat(his.kept(10)).hasSize(2);
        var business = alice.administration();
        var user = "/v1/users/" + alice;

        business.delete(user).orFail();

        Await.until(
                "alice is erased",
                () -> business.get(user + "/erasure").body().text("state").equals("ERASED"));
        assertThat(his.kept(10))
                .singleElement()
                .satisfies(said -> assertThat(said.getSenderId()).isEqualTo(bob.userId()));
        assertThat(his.does((rooms, id) -> rooms.users(id, "", 0)).getUsersList())
                .isEmpty();
        assertThat(hers.outside(bob.signIn("tablet", 1)).refusalToEnter()).isEqualTo(ErrorCode.ROOM_CLOSED);
    }

    private static void talk(Device phone, Person to) {
        var sent = new ArrayList<CompletableFuture<SentMessage>>();
        for (var i = 1; i <= SAID; i++) {
            sent.add(phone.sends(to, "secret " + i));
        }
        sent.forEach(People::outcome);
    }

    private static void awaitSilence(Device device, Person of) {
        Await.until(
                device + " has nothing of " + of,
                () -> device.remembered(of).stream()
                        .filter(message -> message.getSenderId().equals(of.userId()))
                        .filter(message -> !Contents.isChange(message.getContent()))
                        .allMatch(ChatMessage::getRecalled));
    }
}
