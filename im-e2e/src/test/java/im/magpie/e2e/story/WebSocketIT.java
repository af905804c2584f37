package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.id.UuidV7;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Json;
import im.magpie.e2e.wire.TextSocket;
import org.junit.jupiter.api.Test;

/** The JSON form, written by hand as a browser's script would. */
@OnMagpie
class WebSocketIT {

    @Test
    void aBrowserLogsInSendsReceivesAndReads(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var laptop = bob.signIn("laptop", 1);
        var conversation = alice.conversationWith(bob);
        try (var browser = TextSocket.to(system.addresses().webSocket(2))) {
            browser.write(login(alice, alice.userSig()));
            var welcome = browser.await("LOGIN");
            assertThat(welcome.text("status")).isEqualTo("OK");
            assertThat(welcome.object("body").text("nodeId")).isEqualTo("gateway-2");

            browser.write(send(3, conversation, "hello"));
            var sent = browser.await("SEND");
            assertThat(sent.text("requestId")).isEqualTo("3");
            assertThat(sent.object("body").text("messageId")).isEqualTo(conversation + ":1");
            laptop.awaitTexts(alice, "hello");
            browser.await(
                    "RECEIPT",
                    push -> firstOf(push, "receipts").text("deliveredSequence").equals("1"));

            laptop.says(alice, "hi, 你好 \uD83D\uDC4B");
            var pushed = firstOf(browser.await("PUSH"), "messages");
            assertThat(pushed.text("sequence")).isEqualTo("2");
            assertThat(pushed.object("content").object("text").text("text")).isEqualTo("hi, 你好 \uD83D\uDC4B");
            browser.write("""
                {"command":"PUSH_ACK","body":{"positions":[{"conversationId":"%s","sequence":"2"}]}}\
                """.formatted(conversation));
            laptop.awaitReceipt("it was delivered", alice, receipt -> receipt.getDeliveredSequence() == 2);
            browser.write("""
                {"command":"READ","requestId":4,"body":{"positions":[{"conversationId":"%s","sequence":"2"}]}}\
                """.formatted(conversation));
            assertThat(browser.await("READ").text("status")).isEqualTo("OK");
            laptop.awaitReceipt("it was read", alice, receipt -> receipt.getReadSequence() == 2);

            browser.write("""
                {"command":"PULL","requestId":5,"body":{"ranges":[{"conversationId":"%s"}]}}\
                """.formatted(conversation));
            var pulled = firstOf(browser.await("PULL"), "ranges");
            assertThat(pulled.objects("messages")).hasSize(2);
        }
        assertThat(Texts.of(laptop.history(alice))).containsExactly("hello", "hi, 你好 \uD83D\uDC4B");
    }

    @Test
    void errorsAreNamedInTextToo(People people, MagpieSystem system) {
        var alice = people.person("alice");
        try (var browser = TextSocket.to(system.addresses().webSocket(1))) {
            browser.write(login(alice, alice.userSig()));
            browser.await("LOGIN");

            browser.write(send(6, "private_" + alice + "_" + alice, "me?"));
            assertThat(browser.await("SEND").text("status")).isEqualTo("INVALID_CONVERSATION");
            browser.write("{\"command\":\"DANCE\",\"requestId\":7}");
            var unknown = browser.await("COMMAND_UNSPECIFIED");
            assertThat(unknown.text("status")).isEqualTo("UNKNOWN_COMMAND");
            assertThat(unknown.text("requestId")).isEqualTo("7");
            browser.write("no JSON");
            assertThat(browser.await("COMMAND_UNSPECIFIED").text("status")).isEqualTo("MALFORMED_FRAME");
        }
        try (var browser = TextSocket.to(system.addresses().webSocket(1))) {
            browser.write(login(alice, "not-a-token"));
            assertThat(browser.await("LOGIN").text("status")).isEqualTo("USER_SIG_INVALID");
        }
    }

    private static String login(Person person, String userSig) {
        return """
            {"command":"LOGIN","requestId":1,"body":{"appId":"demo","userId":"%s","userSig":"%s","clientType":"WEB","deviceId":"browser"}}\
            """.formatted(person, userSig);
    }

    private static String send(int requestId, String conversation, String text) {
        return """
            {"command":"SEND","requestId":%d,"body":{"conversationId":"%s","clientMessageId":"%s","content":{"text":{"text":"%s"}}}}\
            """.formatted(requestId, conversation, UuidV7.next(System::currentTimeMillis), text);
    }

    private static Json firstOf(Json packet, String list) {
        return packet.object("body").objects(list).getFirst();
    }
}
