package im.magpie.tcp.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.EnrolCall;
import im.magpie.common.rpc.GroupState;
import im.magpie.common.rpc.Groups;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the node pushed what is for the groups that it has members of: new ones at once, and all of them again before their
 * leases end. The same calls repair: where a group is further than what was pushed to the node, because Redis or the queue
 * was lost, its connections are told. For one thread.
 */
final class Enrolment {

    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);

    private static final int MOST_GROUPS = 500;
    private static final int LEASE_IN_RENEWALS = 3;
    /** How long a push may be on its way to a node that is up to date with everything else. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

    private final GroupIndex index;
    private final Groups groups;
    private final String incarnation;
    private final Duration renewEvery;
    private final Duration onItsWay;
    private final Map<GroupName, Long> claimed = new HashMap<>();
    private long renewal = System.nanoTime();
    private long comparison = System.nanoTime();
    private int failures;

    Enrolment(GroupIndex index, Groups groups, String incarnation, Duration renewEvery) {
        this.index = index;
        this.groups = groups;
        this.incarnation = incarnation;
        this.renewEvery = renewEvery;
        // Looked at before the next renewal.
        var half = renewEvery.dividedBy(2);
        this.onItsWay = half.compareTo(ON_ITS_WAY) < 0 ? half : ON_ITS_WAY;
        this.renewal += renewEvery.toNanos();
    }

    /** Waits for the next thing to do, and does it. */
    void step() throws InterruptedException {
        var next = claimed.isEmpty() || renewal - comparison < 0 ? renewal : comparison;
        var first = index.begun().poll(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (first != null) {
            var batch = new ArrayList<GroupName>();
            batch.add(first);
            index.begun().drainTo(batch, MOST_GROUPS - 1);
            begin(batch);
        }
        var now = System.nanoTime();
        if (comparison - now <= 0) {
            claimed.forEach(index::catchUp);
            claimed.clear();
        }
        if (renewal - now <= 0) {
            renewal = now + renewEvery.toNanos();
            comparison = now + onItsWay.toNanos();
            renew();
        }
    }

    /** What was settled before this is not pushed to the node: its connections are told of it. */
    private void begin(List<GroupName> batch) throws InterruptedException {
        var distinct = batch.stream().distinct().toList();
        if (call(distinct, (name, state) -> index.catchUp(name, state.getNewestSequence()))) {
            failures = 0;
        } else {
            index.begun().addAll(distinct);
            AFTER_FAILURE.await(failures++);
        }
    }

    /** What was settled just before this may still be on its way. */
    private void renew() {
        index.names().stream()
                .gather(Gatherers.windowFixed(MOST_GROUPS))
                .forEach(batch -> call(batch, (name, state) -> claimed.put(name, state.getNewestSequence())));
    }

    @FunctionalInterface
    private interface Listener {
        void hear(GroupName name, GroupState state);
    }

    private boolean call(List<GroupName> batch, Listener listener) {
        try {
            var outcome = groups.enrol(EnrolCall.newBuilder()
                    .setIncarnation(incarnation)
                    .setLeaseMs(renewEvery.multipliedBy(LEASE_IN_RENEWALS).toMillis())
                    .addAllGroups(batch.stream().map(GroupName::toRpc).toList())
                    .build());
            if (outcome.getError() != ErrorCode.OK) {
                LOG.debug("{} groups could not be enrolled: {}", batch.size(), outcome.getErrorMessage());
                return false;
            }
            for (var i = 0; i < batch.size(); i++) {
                hear(batch.get(i), outcome.getStates(i), listener);
            }
            return true;
        } catch (RuntimeException e) {
            if (Loop.interrupted(e)) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("{} groups could not be enrolled: {}", batch.size(), e.toString());
            return false;
        }
    }

    private void hear(GroupName name, GroupState state, Listener listener) {
        listener.hear(name, state);
        if (state.getIndexed()) {
            index.indexed(name, state.getVersion());
        }
    }
}
