/** The services of others that this one calls. */
@NullMarked
package im.magpie.store.rpc;

import org.jspecify.annotations.NullMarked;
