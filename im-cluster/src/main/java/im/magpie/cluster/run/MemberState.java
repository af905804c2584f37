package im.magpie.cluster.run;

import im.magpie.cluster.member.JavaPrograms;
import im.magpie.cluster.member.Member;
import im.magpie.cluster.member.Members;
import im.magpie.cluster.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a member is at a moment.
 *
 * @param process its process, if it lives
 * @param ready whether it can be used
 */
public record MemberState(Member member, Optional<ProcessHandle> process, boolean ready) {

    /** Looks at all members of a plan. */
    public static List<MemberState> of(Plan plan, JavaPrograms java) {
        return Together.map(Members.of(plan, plan.topology(), java).all(), member -> of(plan, member));
    }

    private static MemberState of(Plan plan, Member member) {
        var process = MemberProcess.of(plan.folder(), member.name());
        var handle = process.handle();
        return new MemberState(
                member, handle, handle.isPresent() && member.readiness().isReady(process.log()));
    }

    /** Returns how long its process has lived. */
    public Optional<Duration> age() {
        return process.flatMap(handle -> handle.info().startInstant())
                .map(start -> Duration.between(start, Instant.now()));
    }
}
