package im.magpie.e2e.people;

import im.magpie.client.RequestFailedException;
import im.magpie.client.SentMessage;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Place;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the SDK says, in the words of a history. */
final class Records {

    static Entry entry(ChatMessage message) {
        return new Entry(
                message.getSequence(),
                message.getOrdinal(),
                message.getServerTime(),
                message.getSenderId(),
                message.getClientMessageId(),
                new Body.Text(Texts.of(message)));
    }

    static List<Entry> entries(Collection<ChatMessage> messages) {
        return messages.stream().map(Records::entry).toList();
    }

    /** A client that ends does not know what becomes of what it has not been answered: its successor offers that again. */
    static Outcome outcome(@Nullable SentMessage sent, @Nullable Throwable why) {
        if (sent != null) {
            return new Outcome.Ok(new Place(sent.clientMessageId(), sent.sequence(), sent.serverTime()));
        }
        return why instanceof RequestFailedException failure && failure.code() != ErrorCode.UNAVAILABLE
                ? new Outcome.Fail(failure.code().name())
                : new Outcome.Unknown(String.valueOf(why));
    }

    private Records() {}
}
