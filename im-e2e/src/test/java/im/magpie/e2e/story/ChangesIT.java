package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.client.MagpieClient;
import im.magpie.client.SentMessage;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.Attachment;
import im.magpie.codec.protocol.AudioContent;
import im.magpie.codec.protocol.CardContent;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.CustomContent;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.FileContent;
import im.magpie.codec.protocol.ImageContent;
import im.magpie.codec.protocol.LocationContent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.codec.protocol.VideoContent;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.people.Texts;
import im.magpie.e2e.system.MagpieSystem;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What becomes of messages: every device has it in the end, whatever it missed. */
@OnMagpie(OnMagpie.BROKEN)
class ChangesIT {

    @Test
    void whatIsRecalledIsGoneEverywhere(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var tablet = alice.signIn("tablet", 2);
        var laptop = bob.signIn("laptop", 2);
        var desk = bob.signIn("desk", 1);
        phone.says(bob, "oh no");
        List.of(tablet, laptop, desk).forEach(device -> device.awaitTexts(other(device, alice, bob), "oh no"));
        desk.goesOffline();

        change(
                phone,
                bob,
                client -> client.recall(alice.conversationWith(bob), 1).join());
        desk.online();
        var late = bob.signIn("bought-later", 1);

        for (var device : List.of(phone, tablet, laptop, desk, late)) {
            device.awaitState(other(device, alice, bob), 1, "recalled", ChatMessage::getRecalled);
            assertThat(device.remembered(other(device, alice, bob)).toString()).doesNotContain("oh no");
        }
        assertThat(late.history(alice).toString()).doesNotContain("oh no");
    }

    @Test
    void editsAndReactionsConverge(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var desk = bob.signIn("desk", 1);
        var conversation = alice.conversationWith(bob);
        phone.says(bob, "helo");
        desk.awaitTexts(alice, "helo");
        laptop.awaitTexts(alice, "helo");
        desk.goesOffline();

        change(
                phone,
                bob,
                client -> client.edit(conversation, 1, Contents.text("hello")).join());
        change(laptop, alice, client -> client.react(conversation, 1, "👍").join());
        change(phone, bob, client -> client.react(conversation, 1, "👍").join());
        change(laptop, alice, client -> client.react(conversation, 1, "🎉").join());
        change(
                laptop,
                alice,
                client -> client.removeReaction(conversation, 1, "🎉").join());
        desk.online();
        var late = bob.signIn("bought-later", 2);

        for (var device : List.of(phone, laptop, desk, late)) {
            device.awaitState(
                    other(device, alice, bob),
                    1,
                    "as the last change left it",
                    message -> message.getChangedSequence() == 6);
            var message = device.remembered(other(device, alice, bob)).getFirst();
            assertThat(Texts.of(message)).isEqualTo("hello");
            assertThat(message.getEditSequence()).isEqualTo(2);
            assertThat(message.getReactionsList())
                    .containsExactly(Reaction.newBuilder()
                            .setEmoji("👍")
                            .setCount(2)
                            .setMine(true)
                            .build());
        }
        assertThat(late.history(alice).getFirst().getReactions(0).getCount()).isEqualTo(2);
    }

    @Test
    void changesOutliveRedis(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var conversation = alice.conversationWith(bob);
        phone.says(bob, "to be edited");
        phone.says(bob, "to be recalled");
        change(
                phone,
                bob,
                client -> client.edit(conversation, 1, Contents.text("edited")).join());
        change(phone, bob, client -> client.recall(conversation, 2).join());
        change(laptop, alice, client -> client.react(conversation, 1, "👍").join());

        system.redis().flushAll();

        phone.says(bob, "new");
        laptop.awaitTexts(alice, "new");
        var history = bob.signIn("bought-later").history(alice);
        assertThat(Texts.of(history.getFirst())).isEqualTo("edited");
        assertThat(history.getFirst().getReactionsCount()).isEqualTo(1);
        assertThat(history.get(1).getRecalled()).isTrue();
        assertThat(history).extracting(ChatMessage::getSequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatMayNotBeChangedIsRefused(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var conversation = alice.conversationWith(bob);
        phone.says(bob, "mine");

        assertThat(laptop.refusal(client -> client.recall(conversation, 1))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(laptop.refusal(client -> client.edit(conversation, 1, Contents.text("yours"))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(phone.refusal(client -> client.recall(conversation, 7))).isEqualTo(ErrorCode.NOT_FOUND);
        phone.client().recall(conversation, 1).join();
        assertThat(phone.refusal(client -> client.recall(conversation, 1))).isEqualTo(ErrorCode.MESSAGE_RECALLED);
        assertThat(laptop.refusal(client -> client.react(conversation, 1, "👍")))
                .isEqualTo(ErrorCode.MESSAGE_RECALLED);
        assertThat(phone.refusal(client -> client.send(conversation, Contents.text(""))))
                .isEqualTo(ErrorCode.INVALID_CONTENT);
    }

    @Test
    void nobodyCountsAChangeAsUnread(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        phone.says(bob, "one");
        phone.client().react(alice.conversationWith(bob), 1, "👍").join();
        phone.client()
                .edit(alice.conversationWith(bob), 1, Contents.text("two"))
                .join();

        try (var socket = bob.logInByHand("shell", 2)) {
            var entry = socket.ask(Command.SYNC, SyncRequest.getDefaultInstance())
                    .ok(SyncReply.parser())
                    .getConversations(0);
            assertThat(entry.getNewestSequence()).isEqualTo(3);
            assertThat(entry.getNewestOrdinal() - entry.getReadOrdinal()).isEqualTo(1);
        }
    }

    @Test
    void everyKindOfContentArrivesAsItWasSent(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn("phone", 1);
        var laptop = bob.signIn("laptop", 2);
        var file = Attachment.newBuilder()
                .setUrl("https://files.example/1")
                .setMediaType("image/png")
                .setSizeBytes(1L << 40)
                .setSha256(ByteString.copyFrom(new byte[32]))
                .build();
        var contents = List.of(
                MessageContent.newBuilder()
                        .setImage(ImageContent.newBuilder()
                                .setImage(file)
                                .setWidth(640)
                                .setHeight(480)
                                .setCaption("us"))
                        .build(),
                MessageContent.newBuilder()
                        .setFile(FileContent.newBuilder().setFile(file).setName("plan.pdf"))
                        .build(),
                MessageContent.newBuilder()
                        .setAudio(AudioContent.newBuilder().setAudio(file).setDurationMs(1_500))
                        .build(),
                MessageContent.newBuilder()
                        .setVideo(VideoContent.newBuilder().setVideo(file).setThumbnail(file))
                        .build(),
                MessageContent.newBuilder()
                        .setLocation(
                                LocationContent.newBuilder().setLatitude(30.25).setLongitude(120.125))
                        .build(),
                MessageContent.newBuilder()
                        .setCard(
                                CardContent.newBuilder().setUserId(bob.userId()).setName("Bob"))
                        .build(),
                MessageContent.newBuilder()
                        .setCustom(CustomContent.newBuilder()
                                .setType("order")
                                .setData(ByteString.copyFrom(new byte[] {0, -1})))
                        .build(),
                Contents.text("see above").toBuilder()
                        .addMentionedUserIds(bob.userId())
                        .setReplyTo(1)
                        .build());

        contents.forEach(content ->
                phone.client().send(alice.conversationWith(bob), content).join());

        laptop.awaitMessages(alice, contents.size());
        assertThat(laptop.timeline(alice)).extracting(ChatMessage::getContent).containsExactlyElementsOf(contents);
        assertThat(laptop.history(alice)).extracting(ChatMessage::getContent).containsExactlyElementsOf(contents);
    }

    private static Person other(Device device, Person one, Person two) {
        return device.owner() == one ? two : one;
    }

    /** Makes a change once the device has what is to be changed. */
    private static void change(Device device, Person with, Function<MagpieClient, SentMessage> change) {
        device.awaitState(with, 1, "there", _ -> true);
        assertThat(change.apply(device.client()).sequence()).isPositive();
    }
}
