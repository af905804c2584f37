/** Where clients find a gateway. */
@NullMarked
package im.magpie.service.gateway;

import org.jspecify.annotations.NullMarked;
