package im.magpie.service.push;

import im.magpie.service.index.DeviceRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whom the newest envelopes were for. A return comes within milliseconds or not at all, so the newest are enough. Thread-safe. */
final class SentRoutes {

    private static final int KEPT = 1_024;

    private final Map<String, List<DeviceRoute>> byEnvelope = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<DeviceRoute>> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void remember(String envelopeId, List<DeviceRoute> routes) {
        byEnvelope.put(envelopeId, routes);
    }

    /** Returns whom an envelope was for and forgets it; nobody when it is not among the newest. */
    synchronized List<DeviceRoute> take(String envelopeId) {
        var routes = byEnvelope.remove(envelopeId);
        return routes == null ? List.of() : routes;
    }
}
