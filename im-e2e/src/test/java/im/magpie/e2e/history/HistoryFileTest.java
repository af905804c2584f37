package im.magpie.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    private static final DeviceName PHONE = new DeviceName("alice", "phone");
    private static final Entry SAID =
            new Entry(1, 1, 1_750_000_000_000L, "alice", "id", new Body.Text("say \"hi\" to <b>\n\u00fc\u2028"));
    private static final Entry GONE = SAID.with(new Body.Gone(), new State(2, 0, Map.of()));
    private static final Entry LIKED = SAID.with(SAID.body(), new State(4, 3, Map.of("\ud83d\udc4d", 2, "ok", 1)));
    private static final Entry RECALL = change(2, new Body.Recall(1));
    private static final Entry EDIT = change(3, new Body.Edit(1));
    private static final Entry REACTION = change(4, new Body.Reaction(1, "\ud83d\udc4d", true));

    private static final List<Event> EVERYTHING = List.of(
            new Event.Began(0, Event.Began.VERSION, 7, 7_000_000_000L),
            new Event.Introduced(1, "c", List.of("alice", "bob")),
            new Event.Founded(1, "g", List.of("alice", "bob", "carol")),
            new Event.Started(2, PHONE),
            new Event.Connected(3, PHONE),
            new Event.Invoked(4, 1, PHONE, new Operation.Send("c", "hi")),
            new Event.Invoked(4, 2, PHONE, new Operation.Read("c", 3)),
            new Event.Invoked(4, 3, PHONE, new Operation.Recall("c", 1)),
            new Event.Invoked(4, 4, PHONE, new Operation.Edit("c", 1, "ho")),
            new Event.Invoked(4, 5, PHONE, new Operation.React("c", 1, "\ud83d\udc4d", true)),
            new Event.Invoked(4, 6, PHONE, new Operation.Pin("c", true)),
            new Event.Invoked(4, 7, PHONE, new Operation.Mute("c", false)),
            new Event.Invoked(4, 8, PHONE, new Operation.Draft("c", "hm")),
            new Event.Invoked(4, 9, PHONE, new Operation.Delete("c", 1)),
            new Event.Invoked(4, 10, PHONE, new Operation.Found("g", List.of("bob"), true)),
            new Event.Invoked(4, 11, PHONE, new Operation.Add("g", "carol")),
            new Event.Invoked(4, 12, PHONE, new Operation.Join("g")),
            new Event.Invoked(4, 13, PHONE, new Operation.Remove("g", "carol")),
            new Event.Invoked(4, 14, PHONE, new Operation.Leave("g")),
            new Event.Invoked(4, 15, PHONE, new Operation.Silence("g", "bob", true)),
            new Event.Invoked(4, 16, PHONE, new Operation.Name("g", "us")),
            new Event.Completed(5, 1, new Outcome.Ok(new Place("id", 1, 1_750_000_000_000L))),
            new Event.Completed(5, 2, new Outcome.Ok(null)),
            new Event.Completed(5, 3, new Outcome.Fail("FORBIDDEN")),
            new Event.Completed(5, 4, new Outcome.Unknown("closed")),
            new Event.Shown(6, PHONE, "c", SAID),
            new Event.Shown(6, PHONE, "c", GONE),
            new Event.Shown(6, PHONE, "g", change(1, new Body.Came(1, List.of("alice", "bob"), true))),
            new Event.Shown(6, PHONE, "g", change(2, new Body.Went(2, List.of("bob")))),
            new Event.Shown(6, PHONE, "g", change(3, new Body.Silenced(3, "bob", false))),
            new Event.Shown(6, PHONE, "g", change(4, new Body.Named(4, "us"))),
            new Event.Shown(6, PHONE, "g", change(5, new Body.Other(5, "RESIZED"))),
            new Event.Changed(6, PHONE, "c", LIKED),
            new Event.Marked(7, PHONE, "c", "bob", 2, 1),
            new Event.Configured(7, PHONE, "c", new Settings(1, true, false, "hm", 0, List.of(1L))),
            new Event.Broke(8, 1, "kill", "im-service-1", false),
            new Event.Mended(9, 1),
            new Event.Kicked(10, PHONE, "SUPERSEDED by tablet"),
            new Event.Disconnected(10, PHONE),
            new Event.Resent(11, PHONE, 2),
            new Event.Stopped(11, PHONE),
            new Event.Quiet(12),
            new Event.Kept(13, PHONE, "c", List.of()),
            new Event.KeptSettings(13, PHONE, "c", Settings.NONE),
            new Event.Stored(14, PHONE, "c", List.of(GONE, RECALL, EDIT, REACTION)));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void keepsEveryKindOfEvent() {
        assertThat(EVERYTHING.stream().<Object>map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(records(Event.class));
        var file = folder.resolve("history.jsonl");
        try (var out = HistoryFile.create(file)) {
            EVERYTHING.forEach(out::write);
        }

        assertThat(read(file)).isEqualTo(EVERYTHING);
    }

    @Test
    void hasALineForEachEvent() throws IOException {
        var file = folder.resolve("history.jsonl");
        try (var out = HistoryFile.create(file)) {
            EVERYTHING.forEach(out::write);
        }

        assertThat(Files.readAllLines(file))
                .hasSize(EVERYTHING.size())
                .contains("{\"type\":\"invoked\",\"at\":4,\"operation\":2,\"device\":\"alice/phone\","
                        + "\"what\":{\"type\":\"read\",\"conversation\":\"c\",\"sequence\":3}}");
    }

    @Test
    void saysWhichLineIsNoEvent() throws IOException {
        for (var wrong : List.of("", "[]", "{", "{\"type\":\"sneezed\",\"at\":1}", "{\"at\":1}", "null")) {
            var file = folder.resolve("wrong.jsonl");
            Files.write(file, List.of(EventLines.of(EVERYTHING.getFirst()), wrong));

            assertThatThrownBy(() -> read(file))
                    .as(wrong)
                    .isInstanceOf(BadHistoryException.class)
                    .hasMessageContaining("wrong.jsonl, line 2");
        }
    }

    /** A run that was killed leaves half a line. */
    @Test
    void doesNotTakeHalfALineForAWholeOne() throws IOException {
        var file = folder.resolve("half.jsonl");
        var line = EventLines.of(EVERYTHING.getLast());
        Files.writeString(file, EventLines.of(EVERYTHING.getFirst()) + "\n");
        Files.writeString(file, line.substring(0, line.length() / 2), StandardOpenOption.APPEND);

        assertThatThrownBy(() -> read(file)).hasMessageContaining("half.jsonl, line 2");
    }

    @Test
    void refusesWhatContradictsItself() {
        var began = EVERYTHING.getFirst();
        var asked = EVERYTHING.get(5);
        var answered = EVERYTHING.get(21);
        for (var wrong : Stream.of(
                        List.<Event>of(),
                        List.of(asked),
                        List.of(began, began),
                        List.of(new Event.Began(0, Event.Began.VERSION + 1, 0, 0)),
                        List.of(began, asked, asked),
                        List.of(began, answered),
                        List.of(began, asked, answered, answered),
                        List.of(began, answered, asked))
                .toList()) {
            assertThatThrownBy(() -> History.of(wrong)).as("%s", wrong).isInstanceOf(BadHistoryException.class);
        }
    }

    private static Entry change(long sequence, Body body) {
        return new Entry(sequence, 1, 1_750_000_000_001L, "alice", "id " + sequence, body);
    }

    private static List<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .<Class<?>>flatMap(one -> records(one).stream())
                        .toList()
                : List.of(type);
    }

    private static List<Event> read(Path file) {
        var events = new ArrayList<Event>();
        HistoryFile.read(file, events::add);
        return events;
    }
}
