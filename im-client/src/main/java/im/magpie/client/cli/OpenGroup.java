package im.magpie.client.cli;

import im.magpie.codec.conversation.ConversationId;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** The group that somebody talks in, which most commands are about. */
final class OpenGroup {

    private final Seat seat;
    private final Console console;
    private final Answers answers;

    OpenGroup(Seat seat, Console console, Answers answers) {
        this.seat = seat;
        this.console = console;
        this.answers = answers;
    }

    /** Does something with the id of the group, or says that there is none. */
    void with(Consumer<String> command) {
        var open = seat.conversation();
        if (open != null && ConversationId.parse(open) instanceof ConversationId.OfGroup(var groupId)) {
            command.accept(groupId);
        } else {
            console.print("-- in which group? /group open ID, and /group list shows them");
        }
    }

    /** Changes the group, and says whether that was done. */
    void change(Function<String, CompletableFuture<?>> command) {
        with(id -> {
            if (answers.of(command.apply(id).thenApply(_ -> true)) != null) {
                console.print("-- done");
            }
        });
    }
}
