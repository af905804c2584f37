package im.magpie.tcp.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.AmongCall;
import im.magpie.common.rpc.Groups;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the services who of the node's users is in a group of which something was missed. For one thread. */
final class DoubtedGroups {

    private static final Logger LOG = LoggerFactory.getLogger(DoubtedGroups.class);

    private static final int MOST_USERS = 500;
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final GroupIndex index;
    private final Groups groups;
    private final Duration patience;
    private final GroupMeters meters;
    private int failures;

    /** @param patience for what was overtaken, and comes a moment later */
    DoubtedGroups(GroupIndex index, Groups groups, Duration patience, GroupMeters meters) {
        this.index = index;
        this.groups = groups;
        this.patience = patience;
        this.meters = meters;
    }

    /** Waits for a group of which something was missed, and asks. */
    void step() throws InterruptedException {
        var names = new HashSet<GroupName>();
        names.add(index.doubted().take());
        Thread.sleep(patience);
        index.doubted().drainTo(names);
        for (var name : names) {
            resolve(name);
        }
    }

    private void resolve(GroupName name) throws InterruptedException {
        var question = index.question(name);
        if (question == null) {
            return;
        }
        try {
            index.answer(name, question, ask(name, question));
            failures = 0;
        } catch (RuntimeException e) {
            Loop.throwIfInterrupted(e);
            LOG.warn("Who is in {} could not be asked: {}", name.conversationId(), e.toString());
            index.doubted().add(name);
            AFTER_FAILURE.await(failures++);
        }
    }

    private Set<String> ask(GroupName name, LocalMembers.Question question) {
        if (question.userIds().isEmpty()) {
            return Set.of();
        }
        meters.asked();
        var members = new HashSet<String>();
        question.userIds().stream()
                .gather(Gatherers.windowFixed(MOST_USERS))
                .forEach(some -> members.addAll(ask(name, question.version(), some)));
        return members;
    }

    private List<String> ask(GroupName name, long version, List<String> userIds) {
        var outcome = groups.among(AmongCall.newBuilder()
                .setGroup(name.toRpc())
                .setVersion(version)
                .addAllUserIds(userIds)
                .build());
        if (outcome.getError() != ErrorCode.OK) {
            throw new MagpieException(outcome.getError(), outcome.getErrorMessage());
        }
        return outcome.getMemberIdsList();
    }
}
