package im.magpie.tcp.rpc;

import im.magpie.common.rpc.Done;
import im.magpie.common.rpc.Sessions;
import java.util.Collection;
import org.apache.dubbo.config.spring.ReferenceBean;
import org.apache.dubbo.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/** Finds out whether im-service is there, and has what it needs itself. Blocks. */
final class Providers {

    /** One instance that has lost its servers does not speak for the others; which one answers is chance. */
    private static final int QUESTIONS = 3;

    private static final String NOBODY = "no instance is there";

    private final Collection<? extends ReferenceBean<?>> references;
    private final Sessions sessions;

    Providers(Collection<? extends ReferenceBean<?>> references, Sessions sessions) {
        this.references = references;
        this.sessions = sessions;
    }

    /** Returns what is missing, or null. */
    @Nullable
    String missing() {
        for (var reference : references) {
            if (!available(reference)) {
                return NOBODY + " for " + reference.getObjectType().getSimpleName();
            }
        }
        for (var question = 1; ; question++) {
            var missing = ask();
            if (missing == null || missing.equals(NOBODY) || question == QUESTIONS) {
                return missing;
            }
        }
    }

    /** Nothing but this deprecated method tells of it without a call. */
    @SuppressWarnings("deprecation")
    private static boolean available(ReferenceBean<?> reference) {
        var configured = reference.getReferenceConfig();
        var invoker = configured == null ? null : configured.getInvoker();
        return invoker != null && invoker.isAvailable();
    }

    private @Nullable String ask() {
        try {
            var missing = sessions.ready(Done.getDefaultInstance()).getMissingList();
            return missing.isEmpty() ? null : "its instances are without " + String.join(", ", missing);
        } catch (RpcException e) {
            // Its own message is a page long.
            return e.isForbidden() || e.isNoInvokerAvailableAfterFilter() ? NOBODY : "no instance answers";
        }
    }
}
