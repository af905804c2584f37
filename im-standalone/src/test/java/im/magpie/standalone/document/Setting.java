package im.magpie.standalone.document;

import java.util.Locale;

/**
 * A property of a service as its metadata describes it.
 *
 * @param sourceType the class that declares it
 */
record Setting(String name, String type, String description, String defaultValue, String sourceType) {

    /** Returns the name by which the environment sets it. */
    String variable() {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns the module that declares it: {@code common}, {@code tcp} and so on. */
    String module() {
        return sourceType.split("\\.", -1)[2];
    }

    /** Returns all but its last part. */
    String group() {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
