package im.magpie.service.session;

import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.Kicked;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.service.index.DeviceRoute;
import java.util.List;

/**
 * What a connection is to its device.
 *
 * @param loginTime unix milliseconds, Redis' clock
 * @param version of the user's index, read in the same moment
 * @param kicked why a superseded connection ends; empty for others
 * @param superseded the connections that this one has just put an end to
 * @param time when all this was so, unix milliseconds, Redis' clock
 */
record Standing(
        ReconcileOutcome.State state,
        long loginTime,
        IndexVersion version,
        Kicked kicked,
        List<DeviceRoute> superseded,
        long time) {

    ReconcileOutcome toOutcome() {
        var outcome = ReconcileOutcome.newBuilder().setState(state).setIndexVersion(version);
        if (state == ReconcileOutcome.State.SUPERSEDED) {
            outcome.setKicked(kicked);
        }
        return outcome.build();
    }

    /** The same of a connection that has to end for a reason that Redis does not know. */
    Standing ended(Kicked why) {
        return new Standing(ReconcileOutcome.State.SUPERSEDED, loginTime, version, why, superseded, time);
    }
}
