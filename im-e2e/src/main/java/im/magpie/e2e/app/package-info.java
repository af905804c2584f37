/** Apps of people over the SDK, which write down what they are told. */
@NullMarked
package im.magpie.e2e.app;

import org.jspecify.annotations.NullMarked;
