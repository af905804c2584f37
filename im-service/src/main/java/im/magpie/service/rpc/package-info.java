/** The services of others that this one calls. */
@NullMarked
package im.magpie.service.rpc;

import org.jspecify.annotations.NullMarked;
