package im.magpie.common.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.FieldError;
import org.springframework.validation.Validator;

/** Makes records of an environment and of a document that goes before it. */
final class SettingsBinder {

    private final ConfigurableEnvironment environment;
    private final Validator validator;

    SettingsBinder(ConfigurableEnvironment environment, Validator validator) {
        this.environment = environment;
        this.validator = validator;
    }

    <T> T bind(String prefix, Class<T> type) {
        return bind(List.of(), prefix, type, new ValidationBindHandler(validator));
    }

    /** @throws BindException when a value is bad, or the document names what the type does not have */
    <T> T bind(String prefix, Class<T> type, PropertySource<?> document) {
        var first = ConfigurationPropertySource.from(document);
        if (first == null) {
            return bind(prefix, type);
        }
        var known = new NoUnboundElementsBindHandler(
                BindHandler.DEFAULT, source -> document.equals(source.getUnderlyingSource()));
        return bind(List.of(first), prefix, type, new ValidationBindHandler(known, validator));
    }

    private <T> T bind(List<ConfigurationPropertySource> first, String prefix, Class<T> type, BindHandler handler) {
        var sources = new ArrayList<>(first);
        ConfigurationPropertySources.get(environment).forEach(sources::add);
        var binder = new Binder(sources, new PropertySourcesPlaceholdersResolver(environment));
        return binder.bindOrCreate(prefix, Bindable.of(type), handler);
    }

    /** Returns what a person can mend it by. */
    static @Nullable String reason(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BindValidationException invalid -> {
                    return invalid.getValidationErrors().getAllErrors().stream()
                            .map(error -> invalid.getValidationErrors().getName()
                                    + (error instanceof FieldError field ? "." + field.getField() : "") + " "
                                    + error.getDefaultMessage())
                            .collect(Collectors.joining(", "));
                }
                case UnboundConfigurationPropertiesException unknown -> {
                    return unknown.getUnboundProperties().stream()
                            .map(property -> property.getName() + " is unknown")
                            .collect(Collectors.joining(", "));
                }
                case BindException bind
                when bind.getProperty() != null -> {
                    return "%s can't be \"%s\""
                            .formatted(
                                    bind.getProperty().getName(),
                                    bind.getProperty().getValue());
                }
                default -> {}
            }
        }
        return failure.getMessage();
    }
}
