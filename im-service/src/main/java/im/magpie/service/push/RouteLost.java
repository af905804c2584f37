package im.magpie.service.push;

import im.magpie.service.index.DeviceRoute;
import java.util.Collection;

/** Takes note that nodes don't take pushes any more, so that sessions on them can go. */
@FunctionalInterface
public interface RouteLost {

    /** Ends these sessions where they are still the devices' own. Best effort; a device that is there after all announces itself again. */
    void lost(Collection<DeviceRoute> routes);
}
