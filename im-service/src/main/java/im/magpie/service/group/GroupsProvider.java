package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.AmongCall;
import im.magpie.common.rpc.AmongOutcome;
import im.magpie.common.rpc.DubboGroupsTriple;
import im.magpie.common.rpc.EnrolCall;
import im.magpie.common.rpc.EnrolOutcome;
import im.magpie.common.rpc.GroupCall;
import im.magpie.common.rpc.GroupOutcome;
import im.magpie.service.enrolment.Enrolments;
import im.magpie.service.request.Actor;
import org.apache.dubbo.config.annotation.DubboService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Groups, for gateways, on Dubbo's threads. */
@DubboService
public class GroupsProvider extends DubboGroupsTriple.GroupsImplBase {

    private static final Logger log = LoggerFactory.getLogger(GroupsProvider.class);

    private final GroupCommands commands;
    private final Enrolments enrolments;

    GroupsProvider(GroupCommands commands, Enrolments enrolments) {
        this.commands = commands;
        this.enrolments = enrolments;
    }

    @Override
    public GroupOutcome call(GroupCall call) {
        var actor = new Actor(call.getSession().getAppId(), call.getSession().getUserId());
        try {
            return GroupOutcome.newBuilder()
                    .setReply(commands.reply(actor, call.getRequest()))
                    .build();
        } catch (MagpieException e) {
            return failure(e.code(), String.valueOf(e.getMessage()));
        } catch (DataAccessException e) {
            log.error("An operation on a group failed for the database", e);
            return failure(ErrorCode.UNAVAILABLE, "the database does not answer");
        }
    }

    @Override
    public EnrolOutcome enrol(EnrolCall call) {
        try {
            return EnrolOutcome.newBuilder()
                    .addAllStates(enrolments.enrol(call))
                    .build();
        } catch (MagpieException e) {
            return EnrolOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(String.valueOf(e.getMessage()))
                    .build();
        }
    }

    @Override
    public AmongOutcome among(AmongCall call) {
        try {
            return AmongOutcome.newBuilder()
                    .addAllMemberIds(enrolments.among(call))
                    .build();
        } catch (MagpieException e) {
            return AmongOutcome.newBuilder()
                    .setError(e.code())
                    .setErrorMessage(String.valueOf(e.getMessage()))
                    .build();
        }
    }

    private static GroupOutcome failure(ErrorCode code, String reason) {
        return GroupOutcome.newBuilder().setError(code).setErrorMessage(reason).build();
    }
}
