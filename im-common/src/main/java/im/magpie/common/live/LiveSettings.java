package im.magpie.common.live;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.validation.Validator;

/**
 * The settings of a service that can change while it runs. They start as the environment says, and become what the last
 * good change says on top of it. A change counts as a whole: one bad value, or one that can't change at run time, and
 * everything stays as it was.
 */
public final class LiveSettings {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    private final SettingsBinder binder;
    private final List<Live<?>> all = new CopyOnWriteArrayList<>();

    /** Settings on top of an environment, checked by a validator. */
    public LiveSettings(ConfigurableEnvironment environment, Validator validator) {
        this.binder = new SettingsBinder(environment, validator);
    }

    /**
     * Returns the settings of a record that is annotated with {@link ConfigurationProperties}: whoever uses them asks each
     * time, on any thread.
     *
     * @throws BindException when the environment's values can't be used
     */
    public <T extends Record> Supplier<T> of(Class<T> type) {
        var prefix = type.getAnnotation(ConfigurationProperties.class).value();
        var live = new Live<>(prefix, type, binder.bind(prefix, type));
        all.add(live);
        return live;
    }

    /**
     * Changes what a document says, and puts back what the one before said and this one does not.
     *
     * @return whether it was taken; if not, the log names the reason
     */
    public synchronized boolean change(EnumerablePropertySource<?> document) {
        try {
            refuseOthers(document);
            var changes =
                    all.stream().map(live -> live.prepare(binder, document)).toList();
            changes.forEach(Runnable::run);
            return true;
        } catch (BindException | IllegalArgumentException e) {
            LOG.warn("{} is refused, and everything stays as it was: {}", document.getName(), SettingsBinder.reason(e));
            return false;
        }
    }

    private void refuseOthers(EnumerablePropertySource<?> document) {
        for (var name : document.getPropertyNames()) {
            var property = ConfigurationPropertyName.adapt(name, '.');
            if (all.stream().noneMatch(live -> live.covers(property))) {
                throw new IllegalArgumentException(name + " can't be changed at run time");
            }
        }
    }
}
