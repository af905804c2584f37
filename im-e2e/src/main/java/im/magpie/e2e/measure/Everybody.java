package im.magpie.e2e.measure;

/** A group whose members are all there, and hear every message: first one of them writes, then many at once. */
final class Everybody implements Measurement {

    private static final Size USUAL = new Size(500, 500, 200, 20);

    private static final int SPEAKERS = 20;
    /** What all of them write together, in terms of what one writes. */
    private static final int TIMES = 5;

    @Override
    public Size usual() {
        return USUAL;
    }

    @Override
    public void perform(Size size, Bench bench) {
        var office = bench.office();
        var users = office.importUsers("everybody", size.members());
        var conversation = bench.timed(
                "A group of %,d members is imported".formatted(size.members()),
                () -> office.importGroup("everybody", users));
        try (var gathering = bench.gathering()) {
            bench.timed("%,d of them are online".formatted(size.online()), () -> {
                gathering.join(users.subList(0, size.online()));
                return gathering;
            });
            var all = gathering.members();
            var speakers = all.subList(0, size.speakers(SPEAKERS));
            Speech.to(conversation, speakers, size.messagesOf(SPEAKERS)).give(Double.POSITIVE_INFINITY, all);
            var idle = bench.idle();
            bench.measure(
                    "1 writes to %,d".formatted(all.size()),
                    Speech.to(conversation, all.subList(0, 1), size.messages()),
                    Double.POSITIVE_INFINITY,
                    all,
                    idle);
            bench.measure(
                    "%d write to %,d at once".formatted(speakers.size(), all.size()),
                    Speech.to(conversation, speakers, TIMES * size.messagesOf(SPEAKERS)),
                    Double.POSITIVE_INFINITY,
                    all,
                    idle);
            bench.requireNobodyLost(gathering);
        }
        bench.print();
    }
}
