package im.magpie.e2e.story;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need a running system. They may ask for the {@link im.magpie.e2e.system.MagpieSystem} itself and for
 * {@link im.magpie.e2e.people.People} who use it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MagpieExtension.class)
@interface OnMagpie {

    /** A system on which nothing is ever broken. */
    String QUIET = "quiet";

    /** One on which everything may break, and is whole again when a test ends. */
    String BROKEN = "broken";

    /** Names the system; classes that name the same share it. */
    String value() default QUIET;

    /** The settings of the system, each {@code NAME=value} as an environment variable. Only standalone takes them. */
    String[] settings() default {};
}
