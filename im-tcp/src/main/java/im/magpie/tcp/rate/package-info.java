/** How much a connection may ask for in a second. */
@NullMarked
package im.magpie.tcp.rate;

import org.jspecify.annotations.NullMarked;
