package im.magpie.e2e.story;

import im.magpie.e2e.people.People;
import im.magpie.e2e.system.Standalone;
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
final class StandaloneExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneExtension.class);
    private static final Namespace NAMESPACE = Namespace.create(StandaloneExtension.class);

    /** Who takes part in a test, and where in the system's log it began. */
    private record Cast(People people, long begin) {}

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
                    "{} failed: {}\n--- complaints of the server since then\n{}\n--- end of its log ({})\n{}",
                    test.getDisplayName(),
                    failure.getMessage(),
                    system.log().complaintsSince(cast.begin()),
                    system.log().file(),
                    system.log().since(cast.begin()));
            if (!system.isAlive() || name(test).equals(OnStandalone.BROKEN)) {
                // Whatever is wrong with it is not to spoil the next test.
                root(test).remove(name(test), Standalone.class);
                system.close();
            }
        });
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Standalone.class || type == People.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Standalone.class
                ? system(test)
                : cast(test).people();
    }

    private static Standalone system(ExtensionContext test) {
        return root(test).computeIfAbsent(name(test), Standalone::startNew, Standalone.class);
    }

    private static String name(ExtensionContext test) {
        return AnnotationSupport.findAnnotation(test.getRequiredTestClass(), OnStandalone.class)
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
