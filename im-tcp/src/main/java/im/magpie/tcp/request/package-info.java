/** The requests of a connection that has logged in, each brought to what answers it. */
@NullMarked
package im.magpie.tcp.request;

import org.jspecify.annotations.NullMarked;
