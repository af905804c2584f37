package im.magpie.e2e.chaos;

import im.magpie.e2e.app.App;
import im.magpie.e2e.cluster.ClusterException;
import im.magpie.e2e.cluster.NativeCluster;
import im.magpie.e2e.fault.Fault;
import im.magpie.e2e.fault.Schedule;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Recorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One run: people write to each other, things break as the schedule has it and are mended, and in the end everything is read once more. */
final class Run {

    private static final Duration BEFORE_FAULTS = Duration.ofSeconds(2);
    private static final Duration BEHIND_FAULTS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final NativeCluster cluster;
    private final Crew crew;
    private final Cast cast;
    private final Recorder recorder;
    private final Consumer<String> report;
    private final Duration patience;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final Turns turns = new Turns();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private long begin;

    /**
     * @param patience how long devices may take to agree in the end
     * @param report hears of everything that breaks and is mended
     */
    Run(NativeCluster cluster, Crew crew, Cast cast, Recorder recorder, Duration patience, Consumer<String> report) {
        this.cluster = cluster;
        this.crew = crew;
        this.cast = cast;
        this.recorder = recorder;
        this.patience = patience;
        this.report = report;
    }

    /**
     * Does it all.
     *
     * @param length of the time in which things break
     * @throws ClusterException if something could not be broken or mended, or could not be asked in the end
     */
    void perform(Schedule schedule, SplittableRandom random, Duration length) {
        cast.apps().forEach(App::open);
        await("everybody is online", () -> cast.apps().stream().allMatch(App::isOnline));
        cast.found();
        await("the groups are there", () -> cast.all().stream().allMatch(app -> app.unanswered() == 0));
        var chatters = startChatters(random, length);
        LockSupport.parkNanos(BEFORE_FAULTS.toNanos());
        begin = System.nanoTime();
        perform(schedule);
        await("the cluster is ready", () -> cluster.run(List.of("status")).status() == 0);
        LockSupport.parkNanos(BEHIND_FAULTS.toNanos());
        enough.countDown();
        chatters.forEach(Run::join);
        awaitOrGoOn(() -> cast.all().stream().allMatch(App::isOnline));
        recorder.record(Event.Quiet::new);
        say("nothing is broken any more, and nobody says anything new");
        lookBack();
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private List<Thread> startChatters(SplittableRandom random, Duration length) {
        var threads = new ArrayList<Thread>();
        for (var app : cast.all()) {
            var late = cast.late().contains(app)
                    ? Duration.ofMillis(random.nextLong(length.toMillis() / 4, length.toMillis() * 3 / 4))
                    : Duration.ZERO;
            var chatter = new Chatter(app, cast.conversationsOf(app), cast.companies(), random.split(), late, enough);
            threads.add(start("chatter of " + app, chatter));
        }
        return threads;
    }

    private void perform(Schedule schedule) {
        var threads = new ArrayList<Thread>();
        for (var planned : schedule.faults()) {
            await(begin + planned.at().toNanos());
            threads.add(start("fault", () -> perform(planned)));
        }
        threads.forEach(Run::join);
    }

    private void perform(Schedule.Planned planned) {
        turns.take(planned.fault(), () -> perform(planned.fault()));
    }

    private void perform(Fault fault) {
        say(fault.toString());
        var number = recorder.broke(fault.kind(), fault.toString(), fault.forgets());
        var broken = System.nanoTime();
        var mending = crew.carryOut(fault);
        LockSupport.parkNanos(fault.lasts().toNanos());
        mending.run();
        recorder.mended(number);
        if (!fault.lasts().isZero()) {
            say("  %s: mended %.1f s later".formatted(fault.target(), (System.nanoTime() - broken) / 1e9));
        }
    }

    /** Whoever does not agree in time is judged as he is then. */
    private void lookBack() {
        awaitOrGoOn(() -> cast.all().stream().allMatch(app -> app.unanswered() == 0));
        // What was answered last may be shown, and what was read last be known, so much later.
        LockSupport.parkNanos(patience.toNanos());
        cast.all().forEach(App::endOfHistory);
        for (var conversation : cast.conversations()) {
            // All at once: one after the other takes as many times as long.
            Map<App, CompletableFuture<List<Entry>>> asked = new HashMap<>();
            for (var app : cast.appsIn(conversation)) {
                if (app.isOnline()) {
                    asked.put(app, app.stored(conversation));
                }
            }
            for (var app : cast.appsIn(conversation)) {
                var kept = app.kept(conversation);
                var settings = app.settings(conversation);
                var answer = asked.get(app);
                if (answer != null) {
                    var stored = stored(app, conversation, answer);
                    recorder.record(at -> new Event.Stored(at, app.name(), conversation, stored));
                }
                recorder.record(at -> new Event.Kept(at, app.name(), conversation, kept));
                recorder.record(at -> new Event.KeptSettings(at, app.name(), conversation, settings));
            }
        }
    }

    private static List<Entry> stored(App app, String conversation, CompletableFuture<List<Entry>> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException("%s can't read the history of %s: %s".formatted(app, conversation, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted");
        }
    }

    private Thread start(String name, Runnable what) {
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                what.run();
            } catch (RuntimeException e) {
                say("%s: %s".formatted(name, e));
                failures.add(e);
            }
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted");
        }
    }

    private static void await(long time) {
        for (var left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        if (!awaitOrGoOn(condition)) {
            throw new ClusterException("Waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what));
        }
    }

    private static boolean awaitOrGoOn(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return true;
    }

    private void say(String what) {
        report.accept(String.format(Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - begin) / 1e9, what));
    }
}
