/** The services that this node calls. */
@NullMarked
package im.magpie.tcp.rpc;

import org.jspecify.annotations.NullMarked;
