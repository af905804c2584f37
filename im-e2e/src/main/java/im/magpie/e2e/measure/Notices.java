package im.magpie.e2e.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/**
 * A group of which only some are there: what does a message cost, compared with one to a single other? Once the members are told of it and do not ask, which is
 * what its sender's side costs, and once they read it.
 */
final class Notices implements Measurement {

    private static final Size USUAL = new Size(10_000, 2_000, 400, 20);

    private static final int SPEAKERS = 20;
    /** Those who are shown a message cost most of it, and so less of them says as much. */
    private static final int FEWER = 4;

    private static final int WARM_UP = 3;
    private static final String AWAY = "private, the other is away";
    private static final String THERE = "private, the other reads";

    @Override
    public Size usual() {
        return USUAL;
    }

    @Override
    public void perform(Size size, Bench bench) {
        var office = bench.office();
        var users = office.importUsers("notices", size.members());
        var others = office.importUsers("other", size.speakers(SPEAKERS));
        var conversation = bench.timed(
                "A group of %,d members is imported".formatted(size.members()),
                () -> office.importGroup("notices", users));
        try (var gathering = bench.gathering()) {
            gathering.join(users.subList(0, size.speakers(SPEAKERS)));
            var speakers = gathering.members();
            var chats = chats(speakers, others);
            warmUp(size, speakers, conversation, chats);
            var audience = users.subList(speakers.size(), Math.max(speakers.size(), size.online()));
            // Before the private ones: a JVM that has just been started works faster and faster.
            measureTold(bench, size, audience, conversation, speakers);
            var idle = bench.idle();
            measurePrivate(bench, AWAY, size, chats, speakers, speakers, idle);
            gathering.join(others);
            measurePrivate(bench, THERE, size, chats, speakers, gathering.members(), idle);
            measureRead(bench, size, audience, conversation, speakers);
            bench.requireNobodyLost(gathering);
        }
        bench.print();
        compare(bench, size);
    }

    private static Function<Member, String> chats(List<Member> speakers, List<String> others) {
        var chats = new HashMap<Member, String>();
        for (var i = 0; i < speakers.size(); i++) {
            chats.put(speakers.get(i), speakers.get(i).conversationWith(others.get(i)));
        }
        return speaker -> chats.getOrDefault(speaker, "");
    }

    private static void warmUp(Size size, List<Member> speakers, String conversation, Function<Member, String> chats) {
        var messages = WARM_UP * size.messagesOf(speakers.size());
        Speech.toEach(chats, speakers, messages).give(Double.POSITIVE_INFINITY, speakers);
        Speech.to(conversation, speakers, messages).give(Double.POSITIVE_INFINITY, speakers);
    }

    private static void measurePrivate(
            Bench bench,
            String load,
            Size size,
            Function<Member, String> chats,
            List<Member> speakers,
            List<Member> listeners,
            Reading idle) {
        var speech = Speech.toEach(chats, speakers, size.messagesOf(speakers.size()));
        bench.measure(load, speech, size.perSecond(), listeners, idle);
    }

    private static void measureTold(
            Bench bench, Size size, List<String> audience, String conversation, List<Member> speakers) {
        try (var watching = bench.gathering()) {
            bench.timed("%,d members are online".formatted(size.online()), () -> {
                watching.watch(audience);
                return watching;
            });
            var idle = bench.idle();
            var speech = Speech.to(conversation, speakers, size.messagesOf(speakers.size()));
            bench.measure(told(size), speech, size.perSecond(), speakers, idle);
            bench.say("Those who don't ask were told %,d times.".formatted(watching.told()));
            bench.requireNobodyLost(watching);
        }
    }

    private static void measureRead(
            Bench bench, Size size, List<String> audience, String conversation, List<Member> speakers) {
        try (var reading = bench.gathering()) {
            reading.join(audience);
            var all = new ArrayList<>(speakers);
            all.addAll(reading.members());
            var idle = bench.idle();
            var speech = Speech.to(conversation, speakers, Math.max(1, size.messagesOf(speakers.size()) / FEWER));
            bench.measure("group, %,d read".formatted(size.online()), speech, size.perSecond(), all, idle);
            bench.requireNobodyLost(reading);
        }
    }

    private static String told(Size size) {
        return "group, %,d are told".formatted(size.online());
    }

    private static void compare(Bench bench, Size size) {
        bench.say(
                "A message to %,d members costs %.2f times a private one whose reader is away, %.2f times one that is read, gateways apart."
                        .formatted(
                                size.members(),
                                bench.costs().ratio(told(size), List.of(AWAY)),
                                bench.costs().ratio(told(size), List.of(THERE))));
    }
}
