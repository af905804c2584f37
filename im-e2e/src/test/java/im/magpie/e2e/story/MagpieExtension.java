package im.magpie.e2e.story;

import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.system.ServerLog;
import im.magpie.e2e.system.Standalone;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts each system when it is first asked for, and stops them all behind the last test. Says what a system wrote during a test that failed. */
final class MagpieExtension implements ExecutionCondition, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final Logger LOG = LoggerFactory.getLogger(MagpieExtension.class);
    private static final Namespace NAMESPACE = Namespace.create(MagpieExtension.class);

    /** Who takes part in a test, and where in the system's log it began. */
    private record Cast(People people, ServerLog.Position begin) {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return MagpieSystem.isCluster() && on(context).settings().length > 0
                ? ConditionEvaluationResult.disabled("needs a system with settings of its own")
                : ConditionEvaluationResult.enabled("the system has the settings");
    }

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
        return root(test).computeIfAbsent(name(test), name -> startNew(name, on(test).settings()), MagpieSystem.class);
    }

    private static MagpieSystem startNew(String name, String[] settings) {
        return settings.length == 0
                ? MagpieSystem.startNew(name)
                : Standalone.startNew(
                        name,
                        Arrays.stream(settings)
                                .map(setting -> setting.split("=", 2))
                                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    }

    private static String name(ExtensionContext test) {
        if (MagpieSystem.isCluster()) {
            // One is all that a small machine bears.
            return "cluster";
        }
        return on(test).value();
    }

    private static OnMagpie on(ExtensionContext test) {
        return AnnotationSupport.findAnnotation(test.getRequiredTestClass(), OnMagpie.class)
                .orElseThrow();
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
