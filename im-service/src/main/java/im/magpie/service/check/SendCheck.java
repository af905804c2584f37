package im.magpie.service.check;

import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import java.util.List;

/** May these senders write here? */
@FunctionalInterface
public interface SendCheck {

    /**
     * Answers in the order of the items.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when nobody can tell at the moment
     */
    List<CheckOutcome> check(List<CheckItem> items);
}
