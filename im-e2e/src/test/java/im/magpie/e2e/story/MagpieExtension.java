package im.magpie.e2e.story;

import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.system.ServerLog;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts each system when it is first asked for, and stops them all behind the last test. Says what a system wrote during a test that failed. */
final class MagpieExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Logger LOG = LoggerFactory.getLogger(MagpieExtension.class);
    private static final Namespace NAMESPACE = Namespace.create(MagpieExtension.class);

    /** Who takes part in a test, and where in the system's log it began. */
    private record Cast(People people, ServerLog.Position begin) {}

    @Override
    public void beforeEach(ExtensionContext test) {
        var system = system(test);
        store(test).put(Cast.class, new Cast(new People(system), system.log().position()));
        LOG.info("{} {}", test.getRequiredTestClass().getSimpleName(), test.getDisplayName());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        var cast = cast(test);
        cast.people().close();
        test.getExecutionException().ifPresent(failure -> {
            var system = system(test);
            LOG.error(
                    "{} failed: {}\n--- complaints of the server since then\n{}\n--- end of its log\n{}",
                    test.getDisplayName(),
                    failure.getMessage(),
                    system.log().complaintsSince(cast.begin()),
                    system.log().since(cast.begin()));
            if (!system.isAlive() || !name(test).equals(OnMagpie.QUIET)) {
                // Whatever is wrong with it is not to spoil the next test.
                root(test).remove(name(test), MagpieSystem.class);
                system.close();
            }
        });
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return MagpieSystem.class.isAssignableFrom(type) || type == People.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return MagpieSystem.class.isAssignableFrom(parameter.getParameter().getType())
                ? system(test)
                : cast(test).people();
    }

    private static MagpieSystem system(ExtensionContext test) {
        return root(test).computeIfAbsent(name(test), MagpieSystem::startNew, MagpieSystem.class);
    }

    private static String name(ExtensionContext test) {
        if (MagpieSystem.isCluster()) {
            // One is all that a small machine bears.
            return "cluster";
        }
        return AnnotationSupport.findAnnotation(test.getRequiredTestClass(), OnMagpie.class)
                .orElseThrow()
                .value();
    }

    private static Cast cast(ExtensionContext test) {
        return Objects.requireNonNull(store(test).get(Cast.class, Cast.class));
    }

    private static Store store(ExtensionContext test) {
        return test.getStore(NAMESPACE);
    }

    private static Store root(ExtensionContext test) {
        return test.getRoot().getStore(NAMESPACE);
    }
}
