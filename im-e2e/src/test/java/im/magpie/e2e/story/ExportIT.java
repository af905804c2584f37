package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.SentMessage;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A business system asks for all that is kept of somebody. */
@OnMagpie
class ExportIT {

    /** More than a page has. */
    private static final int SAID = 620;

    @Test
    void aUsersExportHasAllThatHeCanSee(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var carol = people.person("carol");
        var phone = alice.signIn("phone", 1);
        var sent = new ArrayList<CompletableFuture<SentMessage>>();
        for (var i = 1; i <= SAID; i++) {
            sent.add(phone.sends(bob, "message " + i));
        }
        sent.forEach(People::outcome);
        carol.signIn("laptop", 2).says(alice, "hello");
        People.outcome(phone.client().recall(alice.conversationWith(bob), 2));
        People.outcome(phone.client().deleteForMe(alice.conversationWith(bob), List.of(3L)));
        alice.blocks(carol);

        var lines = alice.administration().lines("/v1/users/%s/export".formatted(alice));

        assertThat(lines.getFirst().object("export").text("format")).isEqualTo("magpie-export");
        assertThat(lines.getFirst().object("export").object("of").text("userId"))
                .isEqualTo(alice.userId());
        assertThat(only(lines, "profile").getFirst().text("userId")).isEqualTo(alice.userId());
        assertThat(only(lines, "blocked").getFirst().text("userId")).isEqualTo(carol.userId());
        assertThat(only(lines, "conversation"))
                .extracting(conversation -> conversation.text("conversationId"))
                .containsExactlyInAnyOrder(alice.conversationWith(bob), alice.conversationWith(carol));
        // With the recall, without what is deleted.
        var toBob = ofConversation(lines, alice, bob);
        assertThat(toBob).hasSize(SAID);
        assertThat(toBob.get(1).flag("recalled")).isTrue();
        assertThat(toBob.toString()).contains("\"message 620\"").doesNotContain("\"message 2\"", "\"message 3\"");
        assertThat(ofConversation(lines, alice, carol)).hasSize(1);
        var counts = lines.getLast().object("end").object("counts");
        assertThat(counts.text("message")).isEqualTo(Integer.toString(SAID + 1));
        assertThat(counts.text("conversation")).isEqualTo("2");
    }

    @Test
    void aConversationsExportHasWhatAnybodyCanSee(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        phone.says(bob, "one");
        phone.says(bob, "two");
        People.outcome(phone.client().deleteForMe(alice.conversationWith(bob), List.of(1L)));

        var lines = alice.administration().lines("/v1/conversations/%s/export".formatted(alice.conversationWith(bob)));

        assertThat(only(lines, "message"))
                .extracting(message -> message.object("content").object("text").text("text"))
                .containsExactly("one", "two");
        assertThat(lines.getLast().object("end").object("counts").text("message"))
                .isEqualTo("2");
    }

    @Test
    void exportsAreForTheBusinessSystemAlone(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        assertThat(alice.api().get("/v1/users/%s/export".formatted(alice)).code())
                .isEqualTo("FORBIDDEN");
        assertThat(alice.api()
                        .get("/v1/conversations/%s/export".formatted(alice.conversationWith(bob)))
                        .code())
                .isEqualTo("FORBIDDEN");
        var administration = alice.administration();
        assertThat(administration.get("/v1/users/nobody/export").code()).isEqualTo("NOT_FOUND");
        assertThat(administration
                        .get("/v1/conversations/%s/export".formatted(alice.conversationWith(bob)))
                        .code())
                .isEqualTo("NOT_FOUND");
        assertThat(administration.get("/v1/conversations/nonsense/export").code())
                .isEqualTo("INVALID_CONVERSATION");
    }

    private static List<Json> only(List<Json> lines, String kind) {
        return lines.stream()
                .filter(line -> line.has(kind))
                .map(line -> line.object(kind))
                .toList();
    }

    private static List<Json> ofConversation(List<Json> lines, Person one, Person other) {
        return only(lines, "message").stream()
                .filter(message -> message.text("conversationId").equals(one.conversationWith(other)))
                .toList();
    }
}
