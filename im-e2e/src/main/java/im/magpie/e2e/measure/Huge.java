package im.magpie.e2e.measure;

import im.magpie.bench.MeasurementException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** As many members as a group may have, of whom few are there: it is imported, written to, read and paged through, and every process keeps within its memory. */
final class Huge implements Measurement {

    private static final Size USUAL = new Size(100_000, 1_000, 100, 10);

    private static final int SPEAKERS = 5;

    @Override
    public Size usual() {
        return USUAL;
    }

    @Override
    public void perform(Size size, Bench bench) {
        var office = bench.office();
        var users = bench.timed(
                "%,d users are imported".formatted(size.members()), () -> office.importUsers("huge", size.members()));
        var conversation =
                bench.timed("A group of them is imported, 1,000 at a time", () -> office.importGroup("huge", users));
        // Spread over the whole of them: they have come with different events.
        var online = everySoMany(users, size.members() / size.online()).subList(0, size.online());
        try (var gathering = bench.gathering()) {
            bench.timed("%,d of them are online".formatted(size.online()), () -> {
                gathering.join(online);
                return gathering;
            });
            var all = gathering.members();
            var speakers = all.subList(0, size.speakers(SPEAKERS));
            var idle = bench.idle();
            bench.measure(
                    "group, %,d read".formatted(all.size()),
                    Speech.to(conversation, speakers, size.messagesOf(speakers.size())),
                    size.perSecond(),
                    all,
                    idle);
            page(users, bench);
            bench.requireNobodyLost(gathering);
        }
        bench.print();
    }

    private static List<String> everySoMany(List<String> users, int distance) {
        return IntStream.iterate(0, i -> i < users.size(), i -> i + distance)
                .mapToObj(users::get)
                .toList();
    }

    private static void page(List<String> users, Bench bench) {
        var members = bench.timed(
                "All members are read, a page after the other",
                () -> bench.office().members("huge"));
        if (members.size() != users.size() || !new HashSet<>(members).equals(new HashSet<>(users))) {
            throw new MeasurementException("Not as it should be: of %,d members %,d are listed"
                    .formatted(users.size(), new HashSet<>(members).size()));
        }
    }
}
