package im.magpie.client.cli;

import im.magpie.client.Rooms;
import im.magpie.codec.id.RandomIds;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does what is typed behind /room. What is said in a room is shown until one leaves it. Used by one thread. */
final class RoomCommands {

    private static final int SHOWN = 20;
    private static final String HELP = """
        /room new NAME [DAYS]       make a room and enter it; it keeps for so many days what is said, or nothing
        /room enter ID              be in a room until you leave it; the rest is about the last one that you have entered
        /room say TEXT              say something there
        /room leave                 /room close ends it for everybody
        /room info                  what it is called, and how many are there
        /room history [N]           the last N messages (20) that it has kept
        /room name TEXT             /room announce TEXT
        /room mute [WHO [MINUTES]]  lets somebody, or everybody but moderators, not speak; /room unmute [WHO]
        /room ban WHO [MINUTES]     puts somebody out; /room unban WHO lets him in again
        /room moderator WHO         lets somebody mute and ban others; /room nomoderator WHO
        /room users                 who is a moderator, muted or banned\
        """;

    private final Rooms rooms;
    private final Console console;
    private final Answers answers;
    private @Nullable RoomSeat here;

    RoomCommands(Rooms rooms, Console console, Answers answers) {
        this.rooms = rooms;
        this.console = console;
        this.answers = answers;
    }

    /** Does one, without its /room. */
    void execute(String line) {
        var command = line.split("\\s+", 2);
        var argument = command.length == 2 ? command[1].strip() : "";
        switch (command[0]) {
            case "new" -> create(Words.of(argument));
            case "enter" -> enter(argument);
            case "say" -> say(argument);
            case "leave" -> leave();
            case "close" -> change(rooms::close);
            case "info" -> with(id -> show(rooms.get(id)));
            case "history" -> with(id -> history(id, argument));
            case "name" ->
                change(id -> rooms.change(id, changed().setName(argument).build()));
            case "announce" ->
                change(id ->
                        rooms.change(id, changed().setAnnouncement(argument).build()));
            case "mute" -> mute(Words.of(argument));
            case "unmute" -> unmute(argument);
            case "ban" -> ban(Words.of(argument));
            case "unban" -> aboutSomebody(argument, id -> rooms.ban(id, argument, Duration.ZERO));
            case "moderator" -> aboutSomebody(argument, id -> rooms.appoint(id, argument, true));
            case "nomoderator" -> aboutSomebody(argument, id -> rooms.appoint(id, argument, false));
            case "users" -> with(this::users);
            default -> HELP.lines().forEach(console::print);
        }
    }

    private static RoomChange.Builder changed() {
        return RoomChange.newBuilder();
    }

    private void with(Consumer<String> command) {
        if (here == null) {
            console.print("-- in which room? /room enter ID");
        } else {
            command.accept(here.roomId());
        }
    }

    private void change(Function<String, CompletableFuture<?>> command) {
        with(id -> {
            if (answers.of(command.apply(id).thenApply(_ -> true)) != null) {
                console.print("-- done");
            }
        });
    }

    private void aboutSomebody(String who, Function<String, CompletableFuture<?>> command) {
        if (who.isEmpty()) {
            console.print("-- whom?");
        } else {
            change(command);
        }
    }

    private void create(List<String> words) {
        if (words.isEmpty() || (words.size() > 1 && !Words.isNumber(words.get(1)))) {
            console.print(
                    "-- what shall it be called? /room new NAME, or /room new NAME 7 to keep for 7 days what is said");
            return;
        }
        var room = CreateRoom.newBuilder().setName(words.getFirst());
        if (words.size() > 1) {
            room.setKeepDays(Integer.parseInt(words.get(1)));
        }
        var made = answers.of(rooms.create(RandomIds.next(), room.build()));
        if (made != null) {
            enter(made.getRoomId());
        }
    }

    private void enter(String roomId) {
        if (roomId.isEmpty()) {
            console.print("-- which one? /room enter ID");
            return;
        }
        var seat = new RoomSeat(roomId, console);
        var room = answers.of(rooms.enter(roomId, seat));
        if (room != null) {
            seat.learn(room);
            here = seat;
            console.print("-- room " + RoomText.of(room));
            if (!room.getAnnouncement().isEmpty()) {
                console.print("-- " + MessageText.harmless(room.getAnnouncement()));
            }
        }
    }

    /** What is said is shown when it comes back. */
    private void say(String text) {
        with(id -> answers.of(rooms.sendText(id, text)));
    }

    private void leave() {
        change(rooms::leave);
        here = null;
    }

    private void show(CompletableFuture<Room> asked) {
        var room = answers.of(asked);
        if (room != null) {
            console.print("-- room " + RoomText.of(room));
        }
    }

    private void history(String roomId, String count) {
        if (!count.isEmpty() && !Words.isNumber(count)) {
            console.print("-- how many? /room history 50");
            return;
        }
        var page = answers.of(rooms.read(roomId, "", count.isEmpty() ? SHOWN : Integer.parseInt(count)));
        if (page != null) {
            page.getMessagesList().reversed().forEach(message -> console.print(RoomText.said(message)));
        }
    }

    private void users(String roomId) {
        answers.pages(last -> rooms.users(roomId, last, 0), page -> {
            page.getUsersList().forEach(user -> console.print("   " + RoomText.of(user)));
            return page.getMore() ? page.getUsersList().getLast().getUserId() : null;
        });
    }

    private void mute(List<String> words) {
        if (words.isEmpty()) {
            change(id -> rooms.change(id, changed().setMuted(true).build()));
        } else {
            forMinutes(words, "/room mute WHO 30", (id, length) -> rooms.mute(id, words.getFirst(), length));
        }
    }

    private void unmute(String who) {
        change(id -> who.isEmpty()
                ? rooms.change(id, changed().setMuted(false).build())
                : rooms.mute(id, who, Duration.ZERO));
    }

    private void ban(List<String> words) {
        if (words.isEmpty()) {
            console.print("-- whom? /room ban WHO 30");
        } else {
            forMinutes(words, "/room ban WHO 30", (id, length) -> rooms.ban(id, words.getFirst(), length));
        }
    }

    /** What a moderator does for a while. */
    private interface Measure {
        CompletableFuture<?> take(String roomId, Duration length);
    }

    private void forMinutes(List<String> words, String example, Measure measure) {
        var length = Words.minutes(words);
        if (length == null) {
            console.print("-- for how many minutes? " + example);
        } else {
            change(id -> measure.take(id, length));
        }
    }
}
