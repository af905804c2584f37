/** Gateways and listeners that tests hold in their hands. */
@NullMarked
package im.magpie.client.testing;

import org.jspecify.annotations.NullMarked;
