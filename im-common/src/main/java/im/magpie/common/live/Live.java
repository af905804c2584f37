package im.magpie.common.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.PropertySource;

/** One record of settings, as it is now. */
final class Live<T extends Record> implements Supplier<T> {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSettings.class);

    private final String prefix;
    private final Class<T> type;
    private volatile T now;

    Live(String prefix, Class<T> type, T now) {
        this.prefix = prefix;
        this.type = type;
        this.now = now;
    }

    @Override
    public T get() {
        return now;
    }

    boolean covers(ConfigurationPropertyName property) {
        return ConfigurationPropertyName.of(prefix).isAncestorOf(property);
    }

    /** Returns what makes the change, which can't fail any more. */
    Runnable prepare(SettingsBinder binder, PropertySource<?> document) {
        var next = binder.bind(prefix, type, document);
        return () -> {
            var before = now;
            now = next;
            differences(before, next).forEach(LOG::info);
        };
    }

    private List<String> differences(T before, T after) {
        var lines = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            try {
                var old = component.getAccessor().invoke(before);
                var fresh = component.getAccessor().invoke(after);
                if (!Objects.equals(old, fresh)) {
                    lines.add("%s.%s was %s and is %s now".formatted(prefix, component.getName(), old, fresh));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("The accessors of settings are public", e);
            }
        }
        return lines;
    }
}
