package im.magpie.e2e.people;

import im.magpie.codec.protocol.ChatMessage;
import java.util.Collection;
import java.util.List;

/** What messages say. */
public final class Texts {

    public static List<String> of(Collection<ChatMessage> messages) {
        return messages.stream().map(Texts::of).toList();
    }

    public static String of(ChatMessage message) {
        return message.getContent().getText().getText();
    }

    private Texts() {}
}
