/** The Java SDK. {@link im.magpie.client.MagpieClient} is where it begins. */
@NullMarked
package im.magpie.client;

import org.jspecify.annotations.NullMarked;
