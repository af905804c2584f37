package im.magpie.service.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.Reaction;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.HistoryRange;
import im.magpie.common.rpc.MessageState;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.message.CurrentMessage;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestTimelines;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are read as all changes of them have left them, wherever messages and changes are by then. */
class MessageReaderTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_bo");

    private final TestTimelines timelines = new TestTimelines(redis, (_, _) -> {});
    private final MessageReader reader =
            new MessageReader(timelines.log(), new StoredRanges(timelines.store()), _ -> 0);

    @Test
    void aChangeCountsFromWhenItIsSettledOn() {
        settled(Contents.text("oh no"));
        var recall = timelines.accept(TALK, "alice", Contents.recall(1));
        assertThat(read(1).getContent()).isEqualTo(Contents.text("oh no"));

        timelines.settle(List.of(recall));
        assertThat(read(1).getRecalled()).isTrue();
        assertThat(read(1).hasContent()).isFalse();
        assertThat(read(1).getChangedSequence()).isEqualTo(2);
    }

    @Test
    void nobodyCountsAChange() {
        settled(Contents.text("one"));
        settled(Contents.reaction(1, "👍", false));
        settled(Contents.text("two"));
        assertThat(Stream.of(1, 2, 3).map(sequence -> read(sequence).getOrdinal()))
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void whatAnEditSaysIsReadWithTheMessageAlone() {
        settled(Contents.text("first"));
        settled(Contents.edit(1, Contents.text("second")));
        assertThat(read(1).getContent()).isEqualTo(Contents.text("second"));
        assertThat(read(1).getEditSequence()).isEqualTo(2);
        assertThat(read(2).getContent()).isEqualTo(Contents.asRead(Contents.edit(1, Contents.text("second"))));
    }

    @Test
    void whatHasOutlivedItsRetentionIsNotReadAlsoWhereItLiesInTheWindow() {
        settled(Contents.text("one"));
        var two = settled(Contents.text("two"));
        while (redis.scripts().timeMillis() <= two.getServerTime()) {
            Thread.onSpinWait();
        }
        var three = settled(Contents.text("three"));
        var kept = new MessageReader(timelines.log(), new StoredRanges(timelines.store()), _ -> three.getServerTime());

        var page = kept.read("bob", List.of(new WindowRange(TALK, 0, Long.MAX_VALUE, 10)))
                .getFirst();

        assertThat(page.messages()).extracting(ChatMessage::getSequence).containsExactly(3L);
        assertThat(page.to()).isEqualTo(3);
    }

    @Test
    void whoGoesThroughAConversationPassesOverWhatHasOutlivedItsRetention() {
        var old = timelines.accept(TALK, 150);
        timelines.settle(old);
        timelines.commit(old);
        while (redis.scripts().timeMillis() <= old.getLast().getServerTime()) {
            Thread.onSpinWait();
        }
        var kept = timelines.accept(TALK, 150);
        timelines.settle(kept);
        timelines.commit(kept);
        timelines.store().outlive(TALK.appId(), TALK.conversationId(), 150);
        var since = kept.getFirst().getServerTime();
        var walker = new MessageReader(timelines.log(), new StoredRanges(timelines.store()), _ -> since);

        var pages = new ArrayList<MessagePage>();
        for (var after = 0L; after < 300; after = pages.getLast().to()) {
            pages.add(walker.next("bob", TALK, after, 300));
        }

        assertThat(pages).extracting(MessagePage::to).containsExactly(150L, 250L, 300L);
        assertThat(pages.stream().flatMap(page -> page.messages().stream()))
                .extracting(ChatMessage::getSequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(151, 300).boxed().toList());
    }

    @Test
    void whatIsKeptIsAskedOncePerPage() {
        settled(Contents.text("one"));
        settled(Contents.text("two"));
        var asked = new ArrayList<String>();
        var kept = new MessageReader(timelines.log(), new StoredRanges(timelines.store()), app -> {
            asked.add(app);
            return Long.MIN_VALUE;
        });

        var range = new WindowRange(TALK, 0, Long.MAX_VALUE, 10);
        assertThat(kept.read("bob", List.of(range, range))).hasSize(2);

        assertThat(asked).containsExactly("app", "app");
    }

    @Test
    void aReactionThatTheStoreHasCountedIsNotCountedAgain() {
        var messages = new ArrayList<AcceptedMessage>();
        messages.add(settled(Contents.text("well?")));
        messages.add(settled("bob", Contents.reaction(1, "👍", false)));
        timelines.commit(messages);
        settled("alice", Contents.reaction(1, "👍", false));
        settled("bob", Contents.reaction(1, "👍", false));
        assertThat(read(1).getReactionsList())
                .containsExactly(Reaction.newBuilder()
                        .setEmoji("👍")
                        .setCount(2)
                        .setMine(true)
                        .build());

        settled("bob", Contents.reaction(1, "👍", true));
        assertThat(read(1).getReactionsList())
                .containsExactly(
                        Reaction.newBuilder().setEmoji("👍").setCount(1).build());
    }

    @Test
    void aMessageWithVeryManyChangesEndsThePage() {
        var offers = new ArrayList<Offer>();
        for (var i = 0; i < 3; i++) {
            offers.add(timelines.offer(TALK, "alice", Contents.text("message")));
        }
        for (var i = 0; i < 600; i++) {
            offers.add(timelines.offer(TALK, "bob", Contents.reaction(2, "e" + i, false)));
        }
        offers.add(timelines.offer(TALK, "bob", Contents.reaction(1, "👍", false)));
        timelines.settle(timelines.accept(offers));

        var first = page(0, 3);
        assertThat(first.to()).isEqualTo(1);
        assertThat(first.messages().getFirst().getReactionsCount()).isEqualTo(1);
        var rest = page(1, 3);
        assertThat(rest.to()).isEqualTo(3);
        assertThat(rest.messages().getFirst().getReactionsCount()).isEqualTo(600);
    }

    @Test
    void changesOfOneConversationAreNotThoseOfAnotherWhoseNameBeginsLikeIt() {
        settled(Contents.text("here"));
        timelines.settle(List.of(timelines.accept(OTHER, "alice", Contents.text("there"))));
        timelines.settle(List.of(timelines.accept(OTHER, "alice", Contents.recall(1))));
        assertThat(read(1).getRecalled()).isFalse();
    }

    /** Against all that was settled, worked out anew; steps are taken in an order from a seed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameWhateverTheStoreHasAndTheWindowHasLeft(long seed) {
        var random = new Random(seed);
        var log = new ArrayList<AcceptedMessage>();
        var all = new MemoryStore();
        int settled = 0;
        int committed = 0;
        for (var step = 0; step < 300; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> log.addAll(timelines.accept(some(random, log)));
                case 2, 3 -> {
                    var upTo = settled + random.nextInt(log.size() - settled + 1);
                    if (upTo > settled) {
                        timelines.settle(log.subList(settled, upTo));
                        log.subList(settled, upTo).forEach(all::store);
                        settled = upTo;
                    }
                }
                case 4 -> {
                    // Of a change that the store makes earlier, readers may see the effect before they see the change.
                    var upTo = committed + random.nextInt(settled - committed + 1);
                    if (upTo > committed) {
                        timelines.commit(log.subList(committed, upTo));
                        committed = upTo;
                    }
                }
                default -> timelines.log().tidy(0);
            }
            var from = settled == 0 ? 0 : random.nextInt(settled);
            assertThat(page(from, settled).messages()).as("step %d", step).isEqualTo(expected(all, from, settled));
        }
        assertThat(committed).isGreaterThan(250);
    }

    private List<Offer> some(Random random, List<AcceptedMessage> before) {
        return Stream.generate(
                        () -> timelines.offer(TALK, random.nextBoolean() ? "alice" : "bob", content(random, before)))
                .limit(1 + random.nextInt(8))
                .toList();
    }

    private static MessageContent content(Random random, List<AcceptedMessage> before) {
        // New messages are changed more often than old ones.
        var target = Math.max(1, before.size() - (random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(10)));
        if (before.isEmpty() || before.get(target - 1).getTarget() > 0) {
            return Contents.text("text " + random.nextInt());
        }
        return switch (random.nextInt(12)) {
            case 0 -> Contents.recall(target);
            case 1, 2 -> Contents.edit(target, Contents.text("edited " + random.nextInt()));
            case 3, 4, 5, 6 -> Contents.reaction(target, random.nextBoolean() ? "👍" : "🎉", random.nextInt(3) == 0);
            default -> Contents.text("text " + random.nextInt());
        };
    }

    private static List<ChatMessage> expected(MemoryStore all, long after, long to) {
        var range = HistoryRange.newBuilder()
                .setAppId(TALK.appId())
                .setConversationId(TALK.conversationId())
                .setAfterSequence(after)
                .setToSequence(to)
                .setLimit(10_000)
                .setReaderId("bob");
        var page = all.pull(HistoryQuery.newBuilder().addRanges(range).build()).getPages(0);
        return page.getMessagesList().stream()
                .map(message -> {
                    var state = page.getStatesList().stream()
                            .filter(one -> one.getSequence() == message.getSequence())
                            .findAny()
                            .orElse(MessageState.getDefaultInstance());
                    return new CurrentMessage(message, state, "bob").toChat();
                })
                .toList();
    }

    private AcceptedMessage settled(MessageContent content) {
        return settled("alice", content);
    }

    private AcceptedMessage settled(String sender, MessageContent content) {
        var message = timelines.accept(TALK, sender, content);
        timelines.settle(List.of(message));
        return message;
    }

    private ChatMessage read(long sequence) {
        return page(sequence - 1, sequence).messages().getFirst();
    }

    private MessagePage page(long after, long to) {
        return reader.read("bob", List.of(new WindowRange(TALK, after, to, 1_000)))
                .getFirst();
    }
}
