package im.magpie.client.cli;

import im.magpie.client.MagpieClient;
import im.magpie.client.RequestFailedException;
import im.magpie.client.SentMessage;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.content.Contents;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Does what is typed: a line is a command if it begins with a slash, else a message. */
final class ChatLoop {

    private static final int SHOWN_WHEN_OPENED = 10;
    private static final int LOOKED_THROUGH = 200;
    private static final Pattern NUMBERED = Pattern.compile("#(\\d{1,18})\\s*(.*)");
    private static final Pattern PAGE = Pattern.compile("([1-9]\\d{0,4})?\\s*(?:#(\\d{1,18}))?");
    private static final int PAGE_SIZE = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String HELP = """
        /to NAME       talk to somebody; what is shown then counts as read
        /history [N] [#M]   the last N messages of the conversation (20), or the N before number M
        /recall [#N]   take back your last message, or the one with a number
        /edit [#N] TEXT     put another text in its place
        /react [#N] EMOJI   react to the last message, or to the one with a number; /unreact takes it back
        /who           who you are, and who has written
        /group ...     groups: make, open, change them; /group help tells how
        /room ...      rooms: make, enter, leave them, speak there; /room help tells how
        /devices       where you are signed in
        /signout N     end that on the N-th of them, until you sign in there again
        /help          this
        /quit          leave; what could not be sent is sent next time
        Marks: ✓ the server has it, ✓✓ it has arrived, ✓✓ read\
        """;

    private final String me;
    private final MagpieClient client;
    private final ClientStore store;
    private final Chat chat;
    private final Console console;
    private final DeviceList devices;
    private final GroupCommands groups;
    private final RoomCommands rooms;
    private @Nullable String conversation;
    private volatile boolean leaving;

    ChatLoop(String me, MagpieClient client, ClientStore store, Chat chat, Console console) {
        this.me = me;
        this.client = client;
        this.store = store;
        this.chat = chat;
        this.console = console;
        var answers = new Answers(console, PATIENCE);
        this.devices = new DeviceList(client, console, answers);
        this.groups = new GroupCommands(me, client, chat.names(), new Here(), console, answers);
        this.rooms = new RoomCommands(client.rooms(), console, answers);
    }

    /** Goes on until it is told to quit, or nothing more comes. */
    void run() {
        chat.attach(client);
        store.positions()
                .keySet()
                .forEach(id -> chat.showNicknames(id, store.settings(id).getShowNicknames()));
        var line = read();
        while (line != null && !line.equals("/quit") && !chat.ended()) {
            if (!line.isBlank()) {
                execute(line.strip());
            }
            line = read();
        }
        if (line == null) {
            sendTheRest();
        }
        leaving = true;
        var left = unsent();
        if (left > 0) {
            console.print("-- %d could not be sent yet; that happens next time".formatted(left));
        }
    }

    private @Nullable String read() {
        return console.readLine(conversation == null ? "> " : chat.nameOf(conversation) + "> ");
    }

    private void execute(String line) {
        var words = line.split("\\s+", 2);
        var argument = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "/to" -> open(argument);
            case "/history" -> history(argument);
            case "/recall" -> change(argument, this::mine, (id, sequence, _) -> client.recall(id, sequence));
            case "/edit" ->
                change(argument, this::mine, (id, sequence, text) -> client.edit(id, sequence, Contents.text(text)));
            case "/react" -> change(argument, _ -> true, client::react);
            case "/unreact" -> change(argument, _ -> true, client::removeReaction);
            case "/who" -> who();
            case "/group" -> groups.execute(argument);
            case "/room" -> rooms.execute(argument);
            case "/devices" -> devices.show();
            case "/signout" -> devices.signOut(argument);
            case "/help" -> HELP.lines().forEach(console::print);
            default -> {
                if (line.startsWith("/")) {
                    console.print("-- there is no command " + words[0] + "; /help lists them");
                } else {
                    send(line);
                }
            }
        }
    }

    /** Opens the conversation with somebody. */
    void open(String name) {
        try {
            openConversation(client.conversationWith(name));
        } catch (IllegalArgumentException e) {
            console.print("-- \"%s\": %s".formatted(name, e.getMessage()));
        }
    }

    private void openConversation(String id) {
        conversation = id;
        var position = position(id);
        store.messages(id, Math.max(0, position - SHOWN_WHEN_OPENED), position).forEach(this::show);
        // What came meanwhile has been shown, or will be.
        chat.open(client, id, position(id));
    }

    /** What commands about groups see of this chat. */
    private final class Here implements Seat {

        @Override
        public @Nullable String conversation() {
            return conversation;
        }

        @Override
        public void open(String conversationId) {
            openConversation(conversationId);
        }

        @Override
        public boolean knows(String conversationId) {
            return store.positions().containsKey(conversationId);
        }
    }

    private long position(String id) {
        return store.positions().getOrDefault(id, 0L);
    }

    private void send(String text) {
        if (conversation == null) {
            console.print("-- to whom? /to NAME");
            return;
        }
        var to = chat.nameOf(conversation);
        var content = ConversationId.isOfGroup(conversation) ? Mentions.textWith(text) : Contents.text(text);
        sayIfItFails(client.send(conversation, content), "not sent to %s: %s".formatted(to, text));
    }

    private void sayIfItFails(CompletableFuture<SentMessage> sending, String what) {
        sending.whenComplete((_, failure) -> {
            if (failure != null && !leaving) {
                var why = failure instanceof RequestFailedException refusal ? refusal.code() : failure.getMessage();
                console.print("-- ✗ %s (%s)".formatted(what, why));
            }
        });
    }

    /** A change of the message at a sequence. */
    private interface Change {
        CompletableFuture<SentMessage> make(String conversationId, long sequence, String argument);
    }

    /** Changes the message whose number the argument begins with; where there is none, the last of some. */
    private void change(String argument, Predicate<ChatMessage> some, Change change) {
        if (conversation == null) {
            console.print("-- in which conversation? /to NAME");
            return;
        }
        var numbered = NUMBERED.matcher(argument);
        if (numbered.matches()) {
            make(change, Long.parseLong(numbered.group(1)), numbered.group(2));
            return;
        }
        var position = position(conversation);
        store.messages(conversation, Math.max(0, position - LOOKED_THROUGH), position).reversed().stream()
                .filter(message -> Contents.isCounted(message.getContent()) && !message.getRecalled())
                .filter(some)
                .findFirst()
                .ifPresentOrElse(
                        message -> make(change, message.getSequence(), argument),
                        () -> console.print("-- there is none; /history shows the numbers"));
    }

    private void make(Change change, long sequence, String argument) {
        if (conversation != null) {
            sayIfItFails(change.make(conversation, sequence, argument), "#%d is not changed".formatted(sequence));
        }
    }

    private boolean mine(ChatMessage message) {
        return message.getSenderId().equals(me);
    }

    private void history(String argument) {
        if (conversation == null) {
            console.print("-- of which conversation? /to NAME");
            return;
        }
        var page = PAGE.matcher(argument);
        if (!page.matches()) {
            console.print("-- /history, /history 50, or /history 50 #120 for what was said before number 120");
            return;
        }
        var limit = page.group(1) == null ? PAGE_SIZE : Integer.parseInt(page.group(1));
        var before = page.group(2) == null ? 0 : Long.parseLong(page.group(2));
        var messages = earlier(conversation, before, limit);
        messages.stream()
                .filter(MessageText::isShown)
                .forEach(message -> console.print("#%d %s".formatted(message.getSequence(), chat.line(message))));
        if (messages.size() == limit) {
            console.print("-- earlier ones: /history %d #%d"
                    .formatted(limit, messages.getFirst().getSequence()));
        }
    }

    /** From the device, when the server is needed and out of reach. */
    private List<ChatMessage> earlier(String id, long before, int limit) {
        try {
            return client.earlier(id, before, limit).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            console.print("-- the server is out of reach; this is what is here");
            var to = before == 0 ? position(id) : before - 1;
            return store.messages(id, Math.max(0, to - limit), to).stream()
                    .filter(MessageText::isShown)
                    .toList();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void show(ChatMessage message) {
        if (MessageText.isShown(message)) {
            console.print(chat.line(message));
        }
    }

    private void who() {
        var node = client.node();
        console.print("-- you are %s, %s".formatted(me, node == null ? "not connected" : "connected to " + node));
        chat.unread().forEach((id, count) -> console.print("-- %d unread from %s".formatted(count, chat.nameOf(id))));
    }

    /** A script may end as soon as it has written its last line. */
    private void sendTheRest() {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (unsent() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /**
     * Returns how many messages the server has not taken; none once the client has ended, which then counts no more.
     */
    private int unsent() {
        try {
            return client.unsent().join();
        } catch (CompletionException _) {
            return 0;
        }
    }
}
