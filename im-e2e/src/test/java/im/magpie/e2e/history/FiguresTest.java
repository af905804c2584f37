package im.magpie.e2e.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final DeviceName PHONE = new DeviceName("alice", "phone");
    private static final Entry ENTRY = new Entry(1, 1, 1, "alice", "id", new Body.Text("a"));
    private static final long SECOND = 1_000_000_000;

    @Test
    void countsWhatHappened() {
        var figures = Figures.of(History.of(List.of(
                new Event.Began(0, Event.Began.VERSION, 1, 1),
                new Event.Introduced(1, "c", List.of("alice", "bob")),
                new Event.Started(2, PHONE),
                new Event.Connected(3, PHONE),
                new Event.Invoked(4, 1, PHONE, new Operation.Send("c", "a")),
                new Event.Invoked(4, 2, PHONE, new Operation.Send("c", "b")),
                new Event.Invoked(4, 3, PHONE, new Operation.Send("c", "d")),
                new Event.Invoked(4, 4, PHONE, new Operation.Send("c", "e")),
                new Event.Invoked(4, 5, PHONE, new Operation.Read("c", 1)),
                new Event.Invoked(4, 6, PHONE, new Operation.Recall("c", 1)),
                new Event.Invoked(4, 7, PHONE, new Operation.Pin("c", true)),
                new Event.Invoked(4, 8, PHONE, new Operation.Delete("c", 1)),
                new Event.Invoked(4, 9, PHONE, new Operation.Join("c")),
                new Event.Broke(5, 1, "kill", "im-tcp-1", false),
                new Event.Disconnected(5, PHONE),
                new Event.Mended(6, 1),
                new Event.Broke(7, 2, "kill", "im-tcp-2", false),
                new Event.Broke(7, 3, "freeze", "redis", false),
                new Event.Connected(8, PHONE),
                new Event.Completed(9, 1, new Outcome.Ok(new Place("id", 1, 1))),
                new Event.Completed(9, 2, new Outcome.Fail("FORBIDDEN")),
                new Event.Completed(9, 3, new Outcome.Unknown("closed")),
                new Event.Resent(10, PHONE, 3),
                new Event.Quiet(SECOND),
                new Event.Shown(3 * SECOND, PHONE, "c", ENTRY))));

        assertThat(figures)
                .isEqualTo(new Figures(
                        1, 1, new Figures.Sends(4, 1, 1), 1, 1, 2, 1, 1, 1, 3, Map.of("kill", 2L, "freeze", 1L), 2.0));
        assertThat(figures.sends().open()).isEqualTo(2);
    }
}
