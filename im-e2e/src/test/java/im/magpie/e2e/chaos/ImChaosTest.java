package im.magpie.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.HistoryFile;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Place;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said without a cluster. */
class ImChaosTest {

    private static final DeviceName PHONE = new DeviceName("alice", "phone");
    private static final Entry SAID = new Entry(1, 1, 1, "alice", "id", new Body.Text("hi"));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void judgesAHistoryThatWasWrittenBefore() {
        var history = write(List.of(SAID));

        assertThat(execute("--check=" + history)).isZero();
        assertThat(out.toString())
                .contains("Seed 7: 1 devices in 1 conversations. 1 messages (1 acknowledged")
                .contains("Every promise was kept.")
                .contains("The history is in " + history);
    }

    @Test
    void failsWhereAPromiseWasBroken() {
        assertThat(execute("--check=" + write(List.of()))).isEqualTo(1);
        assertThat(out.toString()).contains("Promises were broken: ").contains("NothingLost");
    }

    @Test
    void saysWhatIsNoHistory() throws Exception {
        var file = Files.writeString(folder.resolve("poem.txt"), "roses are red\n");

        assertThat(execute("--check=" + file)).isEqualTo(1);
        assertThat(err.toString()).contains("poem.txt, line 1");
    }

    @Test
    void refusesWhatMakesNoRun() {
        assertThat(execute("--minutes=0")).isEqualTo(2);
        assertThat(execute("--seed=many")).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    /** A message was acknowledged, and these are there in the end. */
    private Path write(List<Entry> entries) {
        var events = new ArrayList<Event>(List.of(
                new Event.Began(0, Event.Began.VERSION, 7, 1_000),
                new Event.Introduced(1, "c", List.of("alice")),
                new Event.Started(2, PHONE),
                new Event.Connected(3, PHONE),
                new Event.Invoked(4, 1, PHONE, new Operation.Send("c", "hi")),
                new Event.Completed(5, 1, new Outcome.Ok(new Place("id", 1, 1)))));
        entries.forEach(entry -> events.add(new Event.Shown(6, PHONE, "c", entry)));
        events.add(new Event.Quiet(7));
        events.add(new Event.Kept(8, PHONE, "c", entries));
        events.add(new Event.Stored(8, PHONE, "c", entries));
        var file = folder.resolve("history.jsonl");
        try (var history = HistoryFile.create(file)) {
            events.forEach(history::write);
        }
        return file;
    }

    private int execute(String... arguments) {
        var commandLine = ImChaos.commandLine();
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        commandLine.setDefaultValueProvider(argument -> argument.paramLabel().equals("DIR") ? folder.toString() : null);
        return commandLine.execute(arguments);
    }
}
