/** What devices ask about each other. */
@NullMarked
package im.magpie.tcp.device;

import org.jspecify.annotations.NullMarked;
